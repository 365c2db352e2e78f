import { operatorStatusSchema, STATUS_CONFIG_MAP } from '#contract/operator-status.ts'
import type { OperatorStatus } from '#contract/operator-status.ts'
import { readConfig } from '../config.ts'
import { readConfigMap } from '../kube/config-map.ts'
import { KubernetesApi, loadKubeConfig } from '../kube/kubernetes-api.ts'
import { errorText } from '../log.ts'
import { printAnswer } from '../print-answer.ts'

/** `status [--json]`: what stands in the ConfigMap, for people or as it is. Exit code 1 when it cannot be read. */
export async function printStatus(args: string[], env: NodeJS.ProcessEnv): Promise<number> {
  try {
    const { namespace } = readConfig(env)
    const api = new KubernetesApi(loadKubeConfig(env))
    const text = await readConfigMap(api, { namespace, name: STATUS_CONFIG_MAP.name, key: STATUS_CONFIG_MAP.key })
    if (text === null) throw new Error(`There is no ConfigMap ${STATUS_CONFIG_MAP.name} in ${namespace} yet.`)
    await printAnswer(args.includes('--json') ? `${text}\n` : summaryOf(operatorStatusSchema.parse(JSON.parse(text))))
    return 0
  } catch (error) {
    process.stderr.write(`The status cannot be read: ${errorText(error)}\n`)
    return 1
  }
}

function collectionsText({ totalSuccessCount, totalFailureCount, lastSuccessTime }: OperatorStatus['collectionStats']) {
  const last = lastSuccessTime === null ? '' : `, last at ${lastSuccessTime}`
  return `${totalSuccessCount} delivered, ${totalFailureCount} failed${last}`
}

function summaryOf(status: OperatorStatus): string {
  const lines = [
    `kube9 operator ${status.version} in ${status.namespace}`,
    `Mode        ${status.mode}, ${status.tier}`,
    `Health      ${status.health}${status.error === null ? '' : `: ${status.error}`}`,
    `Server      ${status.mode === 'operated' ? 'not contacted' : status.serverUrl}`,
    `Cluster     ${status.clusterId ?? 'not registered'}`,
    `Heartbeat   ${status.lastHeartbeat ?? 'none yet'}`,
    `Collections ${collectionsText(status.collectionStats)}`,
    `Updated     ${status.lastUpdate}`,
    '',
    ...status.conditions.map(
      ({ type, status: holds, reason, message }) =>
        `${type.padEnd(17)}${holds.padEnd(9)}${reason.padEnd(22)}${message}`,
    ),
  ]
  return `${lines.join('\n')}\n`
}
