import { DASHBOARD_CONFIG_MAP } from '#contract/dashboard-data.ts'
import type { ReportedCondition } from '#contract/conditions.ts'
import { STATUS_CONFIG_MAP } from '#contract/operator-status.ts'
import type { ArgocdStatus, OperatorStatus } from '#contract/operator-status.ts'
import { argocdUnseen } from './collect/argocd.ts'
import { Collections } from './collections/collections.ts'
import { ClusterReader } from './collect/cluster-reader.ts'
import type { ClusterSnapshot } from './collect/cluster-snapshot.ts'
import type { OperatorConfig } from './config.ts'
import type { EgressRecorder } from './egress/egress-recorder.ts'
import type { EventRecorder } from './events/event-recorder.ts'
import type { Counters } from './health/counters.ts'
import { COUNTER_NAMES } from './health/metrics.ts'
import type { GaugeValues } from './health/metrics.ts'
import { readClusterIdentifier } from './kube/cluster-identifier.ts'
import { writeConfigMap } from './kube/config-map.ts'
import type { KubernetesApi } from './kube/kubernetes-api.ts'
import { errorText } from './log.ts'
import type { Log } from './log.ts'
import type { ApiKey } from './registration/api-key.ts'
import { Connection } from './registration/connection.ts'
import type { RecordStore } from './registration/record-store.ts'
import type { NamesKeeper } from './names/names-keeper.ts'
import { standingOf } from './registration/standing.ts'
import type { StartingPoint } from './starting-point.ts'
import { Announcer } from './status/announcer.ts'
import { composeDashboard, pointsOf } from './status/compose-dashboard.ts'
import { composeStatus, farewellStatus } from './status/compose-status.ts'
import { ConditionHistory } from './status/condition-history.ts'
import { conditionStates } from './status/condition-states.ts'
import { StatusPublisher, textOf } from './status/status-publisher.ts'

const LAST_WRITE_TIMEOUT_MS = 3_000

export interface OperatorParts {
  config: OperatorConfig
  api: KubernetesApi
  store: RecordStore
  events: EventRecorder
  egress: EgressRecorder
  names: NamesKeeper
  counters: Counters
  log: Log
}

/** The running operator: its parts, and what each tells the others. */
export class Operator {
  readonly #parts: OperatorParts
  readonly #start: StartingPoint
  readonly #history: ConditionHistory
  readonly #announcer: Announcer
  readonly connection: Connection
  readonly publisher: StatusPublisher
  readonly reader: ClusterReader
  readonly collections: Collections
  #clusterIdentifier: string | null
  #argocd: ArgocdStatus
  #pointsCollected = 0
  #lastStatusWrite: Date | null = null
  #dashboardTroubled = false

  constructor(parts: OperatorParts, start: StartingPoint, key: ApiKey) {
    const { config, api, events, log } = parts
    this.#parts = parts
    this.#start = start
    this.#clusterIdentifier = start.clusterIdentifier
    this.#history = new ConditionHistory(start.conditions)
    this.#argocd = argocdUnseen(config.argocd, new Date())
    this.#announcer = new Announcer({ serverUrl: config.server.url, log, record: (event) => events.record(event) })
    this.reader = new ClusterReader({ api, log, onRead: (snapshot) => this.#onRead(snapshot) })
    this.publisher = this.#createPublisher()
    this.connection = this.#createConnection(key)
    this.collections = this.#createCollections()
  }

  set argocd(status: ArgocdStatus) {
    this.#argocd = status
    this.publisher.changed()
  }

  gauges(): GaugeValues {
    const situation = this.connection.situation()
    const standing = standingOf(situation, new Date())
    const { lastSuccessTime } = this.collections.stats
    return {
      mode: standing.kind === 'operated' ? 'operated' : 'enabled',
      standing: standing.kind,
      registered: standing.kind === 'registered',
      ready: this.publisher.isPublished,
      statusWritable: this.publisher.fault === null,
      lastStatusWrite: this.#lastStatusWrite === null ? null : this.#lastStatusWrite.getTime() / 1000,
      lastHeartbeat: situation.record.lastHeartbeat === null ? null : Date.parse(situation.record.lastHeartbeat) / 1000,
      nodes: this.reader.snapshot?.nodes ?? null,
      storedEvents: this.#parts.events.count(),
      waitingCollections: this.collections.waiting,
      lastCollection: lastSuccessTime === null ? null : Date.parse(lastSuccessTime) / 1000,
    }
  }

  /** The last words: written where the ConfigMap still is, and not made anew. Never rejects. */
  async sayFarewell(): Promise<void> {
    await this.publisher.stop()
    try {
      await this.#writeStatus(textOf(farewellStatus(this.#compose())), false)
      this.#parts.log.info('The last status is written. Goodbye.')
    } catch (error) {
      this.#parts.log.warn('The last status could not be written.', { error: errorText(error) })
    }
  }

  #createPublisher(): StatusPublisher {
    const { config, log, counters } = this.#parts
    return new StatusPublisher({
      log,
      compose: () => this.#compose(),
      write: (text) => this.#writeStatus(text, true),
      intervalSeconds: () =>
        Math.min(
          config.statusUpdateIntervalSeconds,
          this.connection.situation().record.configuration?.statusUpdateIntervalSeconds ?? Infinity,
        ),
      onWrite: (fault) => {
        counters.count(COUNTER_NAMES.statusWrites, { outcome: fault === null ? 'ok' : 'failed' })
        if (fault === null) this.#lastStatusWrite = new Date()
      },
    })
  }

  #createConnection(key: ApiKey): Connection {
    const { config, store, egress, log, counters } = this.#parts
    const options = {
      server: config.server,
      reregistrationIntervalHours: config.reregistrationIntervalHours,
      key,
      record: this.#start.record,
      store,
      send: egress.send,
      log,
      describe: () => this.#describe(),
      report: () => this.#report(),
      onChange: () => {
        this.collections.changed()
        this.publisher.changed()
      },
      onCall: (procedure: string, outcome: string) => counters.count(COUNTER_NAMES.serverCalls, { procedure, outcome }),
    }
    return new Connection(options, this.#clusterIdentifier)
  }

  #createCollections(): Collections {
    const { api, names, counters, log } = this.#parts
    return new Collections({
      api,
      party: this.connection,
      names: () => names.load(),
      send: (session, collection) => this.connection.collect(session, collection),
      onChange: () => this.publisher.changed(),
      published: this.#start.collectionStats,
      counters,
      log,
    })
  }

  async #describe() {
    this.#clusterIdentifier ??= await readClusterIdentifier(this.#parts.api)
    await this.reader.afterFirstRead()
    return {
      clusterIdentifier: this.#clusterIdentifier,
      kubernetesVersion: this.reader.snapshot?.kubernetesVersion ?? 'unknown',
      nodeCount: this.reader.snapshot?.nodes.total ?? 0,
    }
  }

  #report(): { health: OperatorStatus['health']; conditions: ReportedCondition[] } {
    const { health, conditions } = this.#compose()
    const reported = conditions.map(({ type, status, reason, lastTransitionTime }) => ({
      type,
      status,
      reason,
      lastTransitionTime,
    }))
    return { health, conditions: reported }
  }

  #compose(): OperatorStatus {
    const now = new Date()
    const { config } = this.#parts
    const situation = this.connection.situation()
    const standing = standingOf(situation, now)
    this.#announcer.observe(standing, situation.record.clusterId)
    const { lastHeartbeat } = situation.record
    const states = conditionStates({
      standing,
      serverUrl: config.server.url,
      lastHeartbeat: lastHeartbeat === null ? null : new Date(lastHeartbeat),
      writeFault: this.publisher.fault,
      cluster: this.reader.health(),
      collections: this.collections.freshness(now),
      now,
    })
    const conditions = this.#history.observe(states, this.#start.owner?.generation ?? 0, now)
    const { namespace, server } = config
    return composeStatus({
      namespace,
      serverUrl: server.url,
      standing,
      situation,
      conditions,
      argocd: this.#argocd,
      collectionStats: this.collections.stats,
      now,
    })
  }

  async #writeStatus(text: string, mayCreate: boolean): Promise<void> {
    const { name, key, labels } = STATUS_CONFIG_MAP
    const target = { namespace: this.#parts.config.namespace, name, key, labels }
    const timeout = mayCreate ? {} : { timeoutMs: LAST_WRITE_TIMEOUT_MS }
    await writeConfigMap(this.#parts.api, target, text, { owner: this.#start.owner, mayCreate, ...timeout })
  }

  async #onRead(snapshot: ClusterSnapshot | null): Promise<void> {
    const { counters } = this.#parts
    counters.count(COUNTER_NAMES.clusterReads, { outcome: snapshot ? 'ok' : 'failed' })
    if (snapshot) await this.#writeDashboard(snapshot)
    this.publisher.changed()
  }

  async #writeDashboard(snapshot: ClusterSnapshot): Promise<void> {
    const { api, config, log } = this.#parts
    this.#pointsCollected += pointsOf(snapshot)
    const labels = { 'app.kubernetes.io/name': 'kube9-operator', 'app.kubernetes.io/component': 'dashboard' }
    const target = { namespace: config.namespace, ...DASHBOARD_CONFIG_MAP, labels }
    const text = JSON.stringify(composeDashboard(snapshot, this.#pointsCollected), null, 2)
    try {
      await writeConfigMap(api, target, text, { owner: this.#start.owner, mayCreate: true })
      this.#dashboardTroubled = false
    } catch (error) {
      if (!this.#dashboardTroubled) {
        log.error(`The ConfigMap ${target.name} cannot be written. Check the operator's Role.`, {
          error: errorText(error),
        })
      }
      this.#dashboardTroubled = true
    }
  }
}
