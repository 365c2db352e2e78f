import { dashboardDataSchema } from '#contract/dashboard-data.ts'
import type { DashboardData } from '#contract/dashboard-data.ts'
import { operatorStatusSchema } from '#contract/operator-status.ts'
import type { OperatorStatus } from '#contract/operator-status.ts'
import type { Cluster } from '#scripts/cluster/start-cluster.ts'
import { waitFor } from '../stack/wait-for.ts'
import { NAMESPACE } from './house.ts'
import { runCommand } from './run-command.ts'

const OPERATOR_PODS = 'app.kubernetes.io/name=kube9-operator,app.kubernetes.io/component=operator'

export async function readStatus(cluster: Cluster): Promise<OperatorStatus> {
  return operatorStatusSchema.parse(JSON.parse(await readConfigMap(cluster, 'kube9-operator-status', 'status')))
}

export async function readDashboard(cluster: Cluster): Promise<DashboardData> {
  return dashboardDataSchema.parse(JSON.parse(await readConfigMap(cluster, 'kube9-dashboard-data', 'dashboard')))
}

/** Waits until the status ConfigMap satisfies; says what it last held when it does not. */
export async function waitForStatus(
  cluster: Cluster,
  what: string,
  holds: (status: OperatorStatus) => boolean,
  timeoutMs = 60_000,
): Promise<OperatorStatus> {
  let last: OperatorStatus | undefined
  try {
    return await waitFor(
      what,
      async () => {
        last = await readStatus(cluster)
        return holds(last) && last
      },
      timeoutMs,
    )
  } catch (error) {
    throw new Error(`The operator never became ${what}. Its status: ${JSON.stringify(last, null, 2)}`, { cause: error })
  }
}

export const isPro = (status: OperatorStatus) =>
  status.mode === 'enabled' && status.tier === 'pro' && status.registered && status.health === 'healthy'

export type OperatorPod = { name: string; uid: string; restarts: number }

/** The operator's one pod. */
export async function operatorPod(cluster: Cluster): Promise<OperatorPod> {
  const template =
    '{range .items[*]}{.metadata.name} {.metadata.uid} {.status.containerStatuses[0].restartCount}{"\\n"}{end}'
  const args = ['get', 'pods', '-n', NAMESPACE, '-l', OPERATOR_PODS, '--field-selector=status.phase=Running']
  const lines = (await cluster.kubectl([...args, `-o=jsonpath=${template}`])).trim().split('\n')
  const [name, uid, restarts] = lines[0]?.split(' ') ?? []
  if (lines.length !== 1 || !name || !uid) throw new Error(`There is not exactly one operator pod: ${lines.join(', ')}`)
  return { name, uid, restarts: Number(restarts) }
}

/** Puts another key into the Secret with the command of the documentation. */
export async function replaceKey(cluster: Cluster, key: string): Promise<void> {
  const secret = 'secret generic kube9-operator-config --from-file=apiKey=/dev/stdin --dry-run=client -o yaml'
  const command = `read -rs KEY && printf %s "$KEY" | kubectl create ${secret} -n ${NAMESPACE} | kubectl apply -f -`
  await runCommand(command, { env: cluster.environment, answer: key })
}

async function readConfigMap(cluster: Cluster, name: string, key: string): Promise<string> {
  return cluster.kubectl(['get', 'configmap', name, '-n', NAMESPACE, `-o=jsonpath={.data.${key}}`])
}
