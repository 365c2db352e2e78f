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

/** Shows all that will happen, in one dialog, before any of it does. */
export async function askConsent({ settings }: Services, intention: Intention): Promise<boolean> {
  const { cluster, team, helm } = intention
  const [question, verb] = helm
    ? [`Install the kube9 operator in ${cluster.context.name}?`, 'Install']
    : [`Put a new API key into ${cluster.context.name}?`, 'Put in key']
  const trouble = team && planTrouble(team)
  const detail = [...steps(intention), ...warnings(intention, settings.serverUrl)].join('\n\n')
  const buttons = trouble ? [verb, 'Open billing'] : [verb]
  const chosen = await window.showInformationMessage(question, { modal: true, detail }, ...buttons)
  if (chosen === 'Open billing' && team) await openAddress(`${settings.portalUrl}/${team.slug}/billing`)
  return chosen === verb
}

function steps({ cluster, team, place, keyName, helm, mode }: Intention): string[] {
  const key = team && [
    `A new API key of ${team.name}, named "${keyName}", is written into the Secret ${place.secret} of the namespace ${place.namespace}. It is shown nowhere.`,
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
