import { env, window } from 'vscode'
import type { Account, InstallationKey } from '#contract/extension-api.ts'
import { serverErrorText } from '../account/server-error.ts'
import type { Cluster } from '../cluster/cluster.ts'
import { KubeError } from '../kube/kube-error.ts'
import { showError } from '../messages.ts'
import type { Services } from '../services.ts'
import { openAddress } from '../open-address.ts'
import { chooseTeam } from './choose-team.ts'
import { askConsent } from './ask-consent.ts'
import { followInstall } from './follow-install.ts'
import { helmArguments } from './helm-command.ts'
import { refusalIn } from './install-progress.ts'
import { KEY_SECRET, OPERATOR_NAMESPACE, ensureNamespace, findKeyPlace, isKeptByHelm, writeKey } from './key-secret.ts'
import type { KeyPlace } from './key-secret.ts'
import { findHelm, runHelm } from './run-helm.ts'
import type { HelmRun } from './run-helm.ts'

const PUBLIC_SERVER_URL = 'https://api.kube9.io'
const PUBLIC_PORTAL_URL = 'https://app.kube9.io'
const PUBLIC_CHARTS_URL = 'https://charts.kube9.io'

type Team = Account['teams'][number]

/** Installs the operator, with a key of the signed-in account, or without one in operated mode. */
export async function installOperator(services: Services, cluster: Cluster): Promise<void> {
  await services.account.ready()
  const way = services.account.current ? 'with-key' : await askForWay()
  if (way === undefined) return
  const connection =
    way === 'with-key' ? await chooseConnection(services) : { team: null, chartsUrl: chartsUrlOf(services) }
  if (connection === null) return
  const { team, chartsUrl } = connection
  const place = { namespace: OPERATOR_NAMESPACE, secret: KEY_SECRET }
  const args = argumentsFor(services, cluster, { namespace: place.namespace, chartsUrl })
  const mode = team ? 'new-key' : 'no-key'
  const intention = { cluster, team, place, keyName: keyNameFor(cluster), helm: args, mode } as const
  const keyName = await askConsent(services, intention)
  if (keyName === null) return
  const helm = await findHelm(args)
  if (helm === null) return
  const key = team && (await putKey(services, cluster, { team, place, keyName, makesNamespace: true }))
  if (team && !key) return
  await finish(services, cluster, { place, key, team, helm, goal: team ? 'connected' : 'operated' })
}

/** Brings an operator that is too old to the current chart. Its key and its values stay. */
export async function upgradeOperator(services: Services, cluster: Cluster): Promise<void> {
  const namespace = cluster.operatorNamespace ?? OPERATOR_NAMESPACE
  const place = { namespace, secret: KEY_SECRET }
  const args = argumentsFor(services, cluster, { namespace, chartsUrl: chartsUrlOf(services) })
  const consent = { cluster, team: null, place, keyName: '', helm: args, mode: 'kept-key' as const }
  if ((await askConsent(services, consent)) === null) return
  const helm = await findHelm(args)
  if (helm) await finish(services, cluster, { place, key: null, team: null, helm, goal: 'connected' })
}

/** Gives an operator that is there a key, or another one. */
export async function replaceKey(services: Services, cluster: Cluster): Promise<void> {
  const connection = await chooseConnection(services)
  if (connection === null) return
  const { team } = connection
  const place = await findKeyPlace(cluster.api, cluster.operatorNamespace ?? OPERATOR_NAMESPACE)
  const mode = (await isKeptByHelm(cluster.api, place)) ? ('helm-key' as const) : ('new-key' as const)
  const keyName = await askConsent(services, { cluster, team, place, keyName: keyNameFor(cluster), helm: null, mode })
  if (keyName === null) return
  const key = await putKey(services, cluster, { team, place, keyName, makesNamespace: false })
  if (key) await finish(services, cluster, { place, key, team, helm: null, goal: 'connected' })
}

async function askForWay(): Promise<'with-key' | 'without-key' | undefined> {
  const items = [
    {
      label: '$(account) Sign in and connect',
      detail: 'The operator gets a key of your team, and the cluster appears in the portal and in the Pro page.',
      way: 'with-key' as const,
    },
    {
      label: '$(shield) Without an account',
      detail: 'Operated mode: free, and nothing leaves the cluster. A key may come later.',
      way: 'without-key' as const,
    },
  ]
  return (await window.showQuickPick(items, { title: 'Install the operator', placeHolder: 'How shall it run?' }))?.way
}

async function chooseConnection({ account }: Services): Promise<{ team: Team; chartsUrl: string } | null> {
  if (!(await account.signIn())) return null
  try {
    const { teams, addresses } = await account.server.readAccount()
    const team = await chooseTeam(teams)
    return team ? { team, chartsUrl: addresses.charts } : null
  } catch (error) {
    void showError(serverErrorText(error))
    return null
  }
}

function chartsUrlOf({ settings: { portalUrl } }: Services): string {
  return portalUrl === PUBLIC_PORTAL_URL ? PUBLIC_CHARTS_URL : `${portalUrl}/charts`
}

/** What the portal lists key and cluster as, unless the person changes it: of a cloud's long names their last part. */
function keyNameFor({ context: { name } }: Cluster): string {
  return (name.split('/').at(-1)?.trim() || name).slice(0, 64)
}

function argumentsFor(
  { settings: { serverUrl } }: Services,
  { context }: Cluster,
  { namespace, chartsUrl }: { namespace: string; chartsUrl: string },
): string[] {
  const named = serverUrl === PUBLIC_SERVER_URL ? null : serverUrl
  return helmArguments({ context: context.name, namespace, chartsUrl, serverUrl: named })
}

type KeyWork = { team: Team; place: KeyPlace; keyName: string; makesNamespace: boolean }

/** Makes a key and puts it into the cluster; first tries whether it may, so that no key is left over. Null: told why not. */
async function putKey(services: Services, cluster: Cluster, work: KeyWork): Promise<InstallationKey | null> {
  const { team, place, keyName, makesNamespace } = work
  let key: InstallationKey | null = null
  try {
    if (makesNamespace) await ensureNamespace(cluster.api, place.namespace)
    await writeKey(cluster.api, place, 'kdy_trial', true)
    key = await services.account.server.createInstallationKey({ teamId: team.id, name: keyName })
    await writeKey(cluster.api, place, key.key)
    services.log.info(`The key ${key.masked} is in the Secret ${place.namespace}/${place.secret}.`)
    return key
  } catch (error) {
    await tellFailure(services, error, key && { team, key })
    return null
  }
}

type Finish = {
  place: KeyPlace
  key: InstallationKey | null
  team: Team | null
  helm: HelmRun | null
  goal: 'connected' | 'operated'
}

async function finish(services: Services, cluster: Cluster, { place, key, team, helm, goal }: Finish): Promise<void> {
  const failing = new AbortController()
  const old = refusalIn(cluster.standing)
  const { portalUrl } = services.settings
  const { signal } = failing
  const context = cluster.context.name
  const installation = { clusters: services.clusters, context, namespace: place.namespace, goal, old }
  const following = followInstall({ ...installation, portalUrl, signal })
  const failure = helm?.kind === 'program' ? await failureOf(runHelm(helm, services.settings)) : null
  if (failure !== null) {
    failing.abort()
    await tellFailure(services, new Error(failure), key && team && { team, key })
  }
  await following
}

/** Null when helm did its work. */
async function failureOf(running: Promise<number | null>): Promise<string | null> {
  const end = await running.then(
    (code) => (code === null ? 'was closed before it was done' : `ended with code ${code}`),
    () => 'could not be started',
  )
  if (end === 'ended with code 0') return null
  return `helm ${end}. Its terminal says why; "Install Operator" may be run again.`
}

/** Says what happened, what mends it, and which key is left over and where it is revoked. */
async function tellFailure(
  { settings, log }: Services,
  error: unknown,
  left: { team: Team; key: InstallationKey } | null,
): Promise<void> {
  const what = withoutKey(textOf(error), left?.key)
  log.error(what)
  const rest = left
    ? ` The key ${left.key.masked} of ${left.team.name} was made and stays valid: revoke it in the portal if you give up.`
    : ''
  const rbac = error instanceof KubeError ? error.rbac : null
  const buttons = [...(rbac ? ['Copy rule'] : []), ...(left ? ['Open API keys'] : [])]
  const chosen = await showError(what + rest, ...buttons)
  if (chosen === 'Copy rule' && rbac) await env.clipboard.writeText(rbac)
  if (chosen === 'Open API keys' && left) await openAddress(`${settings.portalUrl}/${left.team.slug}/api-keys`)
}

/** An admission webhook may repeat what it was shown. */
function withoutKey(text: string, key: InstallationKey | undefined): string {
  if (!key) return text
  return text.replaceAll(key.key, key.masked).replaceAll(Buffer.from(key.key).toString('base64'), key.masked)
}

function textOf(error: unknown): string {
  if (error instanceof KubeError) return error.mend ? `${error.message} ${error.mend}` : error.message
  if (error instanceof Error && error.constructor === Error) return error.message
  return serverErrorText(error)
}
