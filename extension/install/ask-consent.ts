import { window } from 'vscode'
import type { Account } from '#contract/extension-api.ts'
import type { Cluster } from '../cluster/cluster.ts'
import type { Services } from '../services.ts'
import { openAddress } from '../open-address.ts'
import { planTrouble } from './choose-team.ts'
import { commandText, isInsecure } from './helm-command.ts'
import type { KeyPlace } from './key-secret.ts'

export interface Intention {
  cluster: Cluster
  /** Null: without a key. */
  team: Account['teams'][number] | null
  place: KeyPlace
  keyName: string
  /** Arguments of helm; null when only the key is put in. */
  helm: readonly string[] | null
  /** What becomes of the key; `helm-key` is one that helm holds among its values. */
  mode: 'new-key' | 'helm-key' | 'no-key' | 'kept-key'
}

const CHANGE_NAME = 'Change name…'
const OPEN_BILLING = 'Open billing'

/**
 * Shows all that will happen, in one dialog, before any of it does. Gives the name that the key is to have; null when the person does not
 * want it.
 */
export async function askConsent({ settings }: Services, intention: Intention): Promise<string | null> {
  const { cluster, team, helm } = intention
  const [question, verb] = helm
    ? [`Install the kube9 operator in ${cluster.context.name}?`, 'Install']
    : [`Put a new API key into ${cluster.context.name}?`, 'Put in key']
  const buttons = [verb, ...(team ? [CHANGE_NAME] : []), ...(team && planTrouble(team) ? [OPEN_BILLING] : [])]
  for (let { keyName } = intention; ;) {
    const detail = [...steps({ ...intention, keyName }), ...warnings(intention, settings.serverUrl)].join('\n\n')
    const chosen = await window.showInformationMessage(question, { modal: true, detail }, ...buttons)
    if (chosen === OPEN_BILLING && team) await openAddress(`${settings.portalUrl}/${team.slug}/billing`)
    if (chosen !== CHANGE_NAME) return chosen === verb ? keyName : null
    keyName = (await askForName(keyName)) ?? keyName
  }
}

async function askForName(value: string): Promise<string | undefined> {
  const name = await window.showInputBox({
    title: 'Name in the portal',
    prompt: 'The portal lists the key, and with it the cluster, by this name.',
    value,
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() === '' || text.trim().length > 64 ? 'A name has 1 to 64 characters.' : null),
  })
  return name?.trim()
}

function steps({ cluster, team, place, keyName, helm, mode }: Intention): string[] {
  const key = team && [
    `A new API key of ${team.name} is written into the Secret ${place.secret} of the namespace ${place.namespace}, and shown nowhere. The portal lists it, and with it the cluster, as "${keyName}".`,
  ]
  const namespace = helm && team ? [`The namespace ${place.namespace} is made if it is missing.`] : []
  const command = helm && [`This runs in a terminal, without the key:\n${commandText('helm', helm)}`]
  const without = {
    'no-key': ['Without a key the operator runs in operated mode: nothing leaves the cluster.'],
    'kept-key': ['Its key and its values stay as they are.'],
    'new-key': [],
    'helm-key': [],
  }[mode]
  return [`Cluster: ${cluster.context.server}`, ...namespace, ...(key ?? []), ...(command ?? []), ...without]
}

function warnings({ team, mode }: Intention, serverUrl: string): string[] {
  const trouble = team && planTrouble(team)
  return [
    ...(trouble ? [trouble] : []),
    ...(mode === 'helm-key'
      ? [
          'The present key was given to helm as a value: the next helm upgrade puts it back, unless you give it the new one.',
        ]
      : []),
    ...(team && isInsecure(serverUrl) ? [`${serverUrl} is plain http: the key crosses the network in clear.`] : []),
  ]
}
