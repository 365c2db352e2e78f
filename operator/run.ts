import { setTimeout as delay } from 'node:timers/promises'
import { detectArgocd, looksForArgocd } from './collect/argocd.ts'
import type { OperatorConfig } from './config.ts'
import { readClusterEvents } from './events/cluster-events.ts'
import { EventRecorder } from './events/event-recorder.ts'
import { EgressRecorder } from './egress/egress-recorder.ts'
import { Counters } from './health/counters.ts'
import { startHealthServer } from './health/health-server.ts'
import { renderMetrics } from './health/metrics.ts'
import { KubernetesApi, loadKubeConfig } from './kube/kubernetes-api.ts'
import { createLog, errorText } from './log.ts'
import type { Log } from './log.ts'
import { NamesKeeper } from './names/names-keeper.ts'
import { Operator } from './operator.ts'
import type { OperatorParts } from './operator.ts'
import { readApiKey } from './registration/api-key.ts'
import { backoffMs } from './registration/pace.ts'
import { RecordStore } from './registration/record-store.ts'
import { watchApiKey } from './registration/watch-api-key.ts'
import { repeat } from './repeat.ts'
import { readStartingPoint } from './starting-point.ts'
import type { StartingPoint } from './starting-point.ts'
import { OPERATOR_VERSION } from './version.ts'

const END_WITHIN_MS = 4_800
const START_RETRY_MAX_MS = 10_000
const EVENTS_INTERVAL_MS = 60_000
const ARGOCD_RETRY_MS = 10 * 60_000
const HOUR_MS = 3600_000

/** Runs the operator until SIGTERM or SIGINT. Rejects when it cannot start. */
export async function runOperator(config: OperatorConfig, env: NodeJS.ProcessEnv): Promise<void> {
  const log = createLog(config.logLevel)
  const ended = endOnSignal(log)
  const api = new KubernetesApi(loadKubeConfig(env))
  const parts: OperatorParts = {
    config,
    api,
    log,
    store: new RecordStore(api, { namespace: config.namespace, serverUrl: config.server.url, log }),
    events: new EventRecorder(config.events.directory, log),
    egress: new EgressRecorder(config.events.directory, log),
    names: new NamesKeeper(api, config.namespace, log),
    counters: new Counters(),
  }
  let operator: Operator | null = null
  const health = await startHealthServer(config.httpPort, {
    unreadyReason: () => unreadyReason(operator, ended),
    metrics: () => (operator ? renderMetrics(operator.gauges(), parts.counters) : ''),
  })
  log.info('The kube9 operator starts.', { version: OPERATOR_VERSION, namespace: config.namespace, port: health.port })
  const key = await readApiKey(config.apiKeyDirectory)
  const start = await startingPoint(parts, ended)
  if (start) {
    operator = new Operator(parts, start, key)
    await operator.publisher.start()
    // Also in operated mode, so that whoever may read the salt finds one before the first collection.
    await parts.names.load()
    await Promise.all([
      operator.connection.run(ended),
      operator.reader.run(ended),
      operator.collections.run(ended),
      watchApiKey({
        directory: config.apiKeyDirectory,
        current: key,
        log,
        signal: ended,
        onChange: (changed) => operator?.connection.setKey(changed),
      }),
      keepEvents(parts, ended),
      lookForArgocd(parts, operator, ended),
    ])
    await operator.sayFarewell()
  }
  parts.events.close()
  parts.egress.close()
  health.stop()
}

/** Aborts at the first signal. What then takes longer than the platform waits is cut off. */
function endOnSignal(log: Log): AbortSignal {
  const ending = new AbortController()
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      log.info('The operator ends.', { signal })
      ending.abort()
      setTimeout(() => process.exit(0), END_WITHIN_MS).unref()
    })
  }
  return ending.signal
}

function unreadyReason(operator: Operator | null, ended: AbortSignal): string | null {
  if (ended.aborted) return 'the operator ends'
  if (!operator) return 'the Kubernetes API has not answered yet'
  if (operator.publisher.isPublished) return null
  return `the status ConfigMap cannot be written (${operator.publisher.fault ?? 'not written yet'})`
}

/** Waits for the Kubernetes API as long as it takes; null when the operator ends first. */
async function startingPoint(parts: OperatorParts, ended: AbortSignal): Promise<StartingPoint | null> {
  for (let failures = 1; !ended.aborted; failures++) {
    try {
      return await readStartingPoint(parts)
    } catch (error) {
      parts.log.warn('The Kubernetes API does not answer yet.', { error: errorText(error) })
      await delay(Math.min(backoffMs(failures), START_RETRY_MAX_MS), undefined, { signal: ended }).catch(
        () => undefined,
      )
    }
  }
  return null
}

async function keepEvents({ api, events, config, log }: OperatorParts, ended: AbortSignal): Promise<void> {
  await repeat(ended, async () => {
    try {
      await readClusterEvents(api, (page) => events.save(page))
    } catch (error) {
      log.debug('Kubernetes events cannot be read.', { error: errorText(error) })
    }
    events.prune(config.events.retentionDays)
    return EVENTS_INTERVAL_MS
  })
}

async function lookForArgocd(
  { api, config, log }: OperatorParts,
  operator: Operator,
  ended: AbortSignal,
): Promise<void> {
  if (!looksForArgocd(config.argocd)) return
  await repeat(ended, async () => {
    try {
      operator.argocd = await detectArgocd(api, config.argocd, new Date())
      return config.argocd.detectionIntervalHours * HOUR_MS
    } catch (error) {
      log.debug('Argo CD cannot be looked for.', { error: errorText(error) })
      return ARGOCD_RETRY_MS
    }
  })
}
