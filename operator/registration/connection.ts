import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { ReportedCondition } from '#contract/conditions.ts'
import type { Collection } from '#contract/collections.ts'
import type { EntitlementClaims } from '#contract/entitlement.ts'
import type { HeartbeatRequest, OperatorHealth } from '#contract/operator-api.ts'
import { errorText } from '../log.ts'
import type { Log } from '../log.ts'
import { OPERATOR_VERSION } from '../version.ts'
import { adoptEntitlement, claimsOf } from './adopt-entitlement.ts'
import { sameKey } from './api-key.ts'
import type { ApiKey } from './api-key.ts'
import { afterHeartbeat, afterRefusal, afterRegistration } from './apply-answer.ts'
import { backoffMs, beatMs } from './pace.ts'
import type { RecordStore } from './record-store.ts'
import type { RegistrationRecord } from './record.ts'
import type { Send } from './exchange.ts'
import { createServerClient } from './server-client.ts'
import type { Caller, ServerClient } from './server-client.ts'
import { isAddressAllowed } from './server-address.ts'
import { ServerFaultError } from './server-fault.ts'
import type { ServerFault } from './server-fault.ts'
import { originOf } from './session.ts'
import type { Session } from './session.ts'
import { standingOf } from './standing.ts'
import type { Contact, Situation } from './standing.ts'

const MAX_NODES_AT_REGISTRATION = 10_000
const MAX_NODES_AT_HEARTBEAT = 100_000
const LONGEST_PAUSE_MS = 2 ** 31 - 1

/** What the server is told of the cluster. */
export interface ClusterDescription {
  clusterIdentifier: string
  kubernetesVersion: string
  nodeCount: number
}

export interface ConnectionOptions {
  server: { url: string; allowInsecureHttp: boolean }
  reregistrationIntervalHours: number
  key: ApiKey
  record: RegistrationRecord
  store: RecordStore
  /** Sends every request, and keeps what it said. */
  send: Send
  log: Log
  /** Rejects while the Kubernetes API does not answer. */
  describe(): Promise<ClusterDescription>
  /** Health and conditions as they are now, without texts. */
  report(): { health: OperatorHealth; conditions: ReportedCondition[] }
  onChange(): void
  onCall(procedure: 'register' | 'heartbeat' | 'collect', outcome: 'ok' | ServerFault['kind']): void
}

type PresentKey = Extract<ApiKey, { kind: 'present' }>

/** Registers, beats, and never gives up. Without a key it does nothing at all. */
export class Connection {
  readonly #options: ConnectionOptions
  readonly #client: ServerClient
  readonly #instanceId = randomUUID()
  readonly #addressAllowed: boolean
  #key: ApiKey
  #record: RegistrationRecord
  #claims: EntitlementClaims | null = null
  #contact: Contact = { kind: 'untried' }
  #failures = 0
  #mustRegister = false
  /** Whether the record's sequence was kept before it is sent. */
  #sequenceKept = false
  #wake = new AbortController()
  #keyInUse = new AbortController()

  constructor(options: ConnectionOptions, clusterIdentifier: string | null) {
    this.#options = options
    this.#client = createServerClient(options.server.url, options.send)
    this.#addressAllowed = isAddressAllowed(options.server)
    this.#key = options.key
    this.#record = options.record
    if (clusterIdentifier !== null) this.#claims = claimsOf(options.record, clusterIdentifier, new Date())
  }

  /** Where it stands now, for `standingOf`. */
  situation(): Situation {
    return {
      key: this.#key,
      record: this.#record,
      claims: this.#claims,
      contact: this.#contact,
      addressAllowed: this.#addressAllowed,
    }
  }

  /** Takes another key, or none, and acts on it at once: what is under way with the old one is dropped. */
  setKey(key: ApiKey): void {
    if (sameKey(this.#key, key)) return
    this.#key = key
    this.#failures = 0
    this.#contact = { kind: 'untried' }
    this.#keyInUse.abort()
    this.#keyInUse = new AbortController()
    this.#wake.abort()
    this.#options.onChange()
  }

  /** The registration that the present key made, in whatever standing; null without one. */
  origin(): string | null {
    const { clusterId, keyId } = this.#record
    if (this.#key.kind !== 'present' || clusterId === null || keyId !== this.#key.id) return null
    return originOf({ keyId, clusterId })
  }

  /** As whom the operator may speak for its cluster now; null while it may not. */
  session(): Session | null {
    const key = this.#key
    const { clusterId, clusterToken, configuration } = this.#record
    if (key.kind !== 'present' || clusterId === null || configuration === null || this.origin() === null) return null
    if (standingOf(this.situation(), new Date()).kind !== 'registered') return null
    const isAway = this.#contact.kind !== 'answered'
    return {
      apiKey: key.text,
      keyId: key.id,
      clusterId,
      clusterToken,
      configuration,
      isAway,
      signal: this.#keyInUse.signal,
    }
  }

  /** Sends a collection as this session. Throws a `ServerFaultError`. */
  async collect(session: Session, collection: Collection): Promise<void> {
    try {
      await this.#client.collect(session, collection)
      this.#options.onCall('collect', 'ok')
    } catch (error) {
      if (!(error instanceof ServerFaultError) || session.signal.aborted) throw error
      this.#options.onCall('collect', error.fault.kind)
      await this.#onCollectFault(session, error.fault)
      throw error
    }
  }

  /** A no to key or plan counts whichever call it answered. A server that is away is heartbeats' to find out. */
  async #onCollectFault(session: Session, fault: ServerFault): Promise<void> {
    if (this.#key.kind !== 'present' || this.#key.text !== session.apiKey) return
    if (fault.kind === 'refused') await this.#drop(this.#key, fault)
    else if (fault.kind === 'unknown-cluster') this.#registerAnew()
    else return
    this.#options.onChange()
  }

  #registerAnew(): void {
    this.#mustRegister = true
    this.#wake.abort()
  }

  /** Runs until the signal. */
  async run(ended: AbortSignal): Promise<void> {
    while (!ended.aborted) {
      this.#wake = new AbortController()
      const signal = AbortSignal.any([ended, this.#wake.signal])
      const pauseMs = await this.#attempt(signal)
      await delay(Math.min(pauseMs, LONGEST_PAUSE_MS), undefined, { signal }).catch(() => undefined)
    }
  }

  /** One call, or none. Answers with the milliseconds until the next. */
  async #attempt(signal: AbortSignal): Promise<number> {
    const key = this.#key
    if (key.kind !== 'present' || !this.#addressAllowed) return LONGEST_PAUSE_MS
    const procedure = this.#needsRegistration(key) ? 'register' : 'heartbeat'
    try {
      const cluster = await this.#options.describe()
      const caller = { apiKey: key.text, clusterToken: this.#record.clusterToken, signal }
      const pauseMs =
        procedure === 'register' ? await this.#register(key, caller, cluster) : await this.#beat(caller, cluster)
      if (!signal.aborted) this.#failures = 0
      return pauseMs
    } catch (error) {
      // The key changed, or the operator ends: nobody waits for this answer.
      if (signal.aborted) return 0
      this.#failures += 1
      if (error instanceof ServerFaultError) return this.#onFault(key, procedure, error.fault)
      this.#options.log.warn('The cluster cannot be described to the server.', { error: errorText(error) })
      return backoffMs(this.#failures)
    }
  }

  #needsRegistration(key: PresentKey): boolean {
    const { clusterId, keyId, registeredAt, configuration } = this.#record
    if (clusterId === null || keyId !== key.id || registeredAt === null || this.#mustRegister) return true
    const hours = configuration?.reregistrationIntervalHours ?? this.#options.reregistrationIntervalHours
    return Date.now() - Date.parse(registeredAt) > hours * 3600_000
  }

  async #register(key: PresentKey, caller: Caller, cluster: ClusterDescription): Promise<number> {
    const answer = await this.#client.register(caller, {
      operatorVersion: OPERATOR_VERSION,
      clusterIdentifier: cluster.clusterIdentifier,
      kubernetesVersion: cluster.kubernetesVersion,
      approximateNodeCount: Math.min(Math.max(cluster.nodeCount, 1), MAX_NODES_AT_REGISTRATION),
      instanceId: this.#instanceId,
    })
    this.#options.onCall('register', 'ok')
    this.#mustRegister = false
    await this.#accept(afterRegistration(this.#record, key.id, answer, new Date()), caller, cluster)
    this.#sequenceKept = true
    // The first beat follows at once: it carries the conditions, for which somebody may be waiting in the portal.
    return 0
  }

  async #beat(caller: Caller, cluster: ClusterDescription): Promise<number> {
    if (!this.#sequenceKept) await this.#keep({ ...this.#record, sequence: this.#record.sequence + 1 })
    this.#sequenceKept = false
    const { clusterId, sequence } = this.#record
    if (clusterId === null) return 0
    const request: HeartbeatRequest = {
      clusterId,
      instanceId: this.#instanceId,
      sequence,
      ...this.#options.report(),
      operatorVersion: OPERATOR_VERSION,
      kubernetesVersion: cluster.kubernetesVersion,
      nodeCount: Math.min(cluster.nodeCount, MAX_NODES_AT_HEARTBEAT),
    }
    const answer = await this.#client.heartbeat(caller, request)
    this.#options.onCall('heartbeat', 'ok')
    await this.#accept(afterHeartbeat(this.#record, answer, new Date()), caller, cluster)
    this.#sequenceKept = true
    return beatMs(answer.nextHeartbeatSeconds)
  }

  /** Keeps what the server said yes to. */
  async #accept(
    record: RegistrationRecord,
    { signal }: Caller,
    { clusterIdentifier }: ClusterDescription,
  ): Promise<void> {
    if (signal.aborted) return
    const before = { record: this.#record, claims: this.#claims }
    const { log, send } = this.#options
    const adopted = await adoptEntitlement(record, { clusterIdentifier, before, log, send, signal })
    if (signal.aborted) return
    this.#claims = adopted.claims
    this.#contact = { kind: 'answered' }
    await this.#keep(adopted.record)
    this.#options.onChange()
  }

  async #onFault(key: PresentKey, procedure: 'register' | 'heartbeat', fault: ServerFault): Promise<number> {
    this.#options.onCall(procedure, fault.kind)
    if (fault.kind === 'refused') await this.#drop(key, fault)
    else if (fault.kind === 'unknown-cluster') this.#mustRegister = true
    else this.#setAway(fault)
    this.#options.onChange()
    return backoffMs(this.#failures, fault.kind === 'away' ? fault.retryAfterSeconds : null)
  }

  /** Drops the entitlement from memory and Secret; the status, which follows at once, has it no more either. */
  async #drop(key: PresentKey, { body }: Extract<ServerFault, { kind: 'refused' }>): Promise<void> {
    const refused = afterRefusal(this.#record, key.id, body, new Date())
    const isNews = refused.refusal?.at !== this.#record.refusal?.at || this.#record.entitlement !== null
    this.#claims = null
    this.#contact = { kind: 'answered' }
    if (isNews) await this.#keep(refused)
  }

  #setAway({ reason, detail }: Extract<ServerFault, { kind: 'away' }>): void {
    const since = this.#contact.kind === 'away' ? this.#contact.since : new Date()
    this.#contact = { kind: 'away', reason, detail, since }
  }

  async #keep(record: RegistrationRecord): Promise<void> {
    this.#record = record
    await this.#options.store.save(record)
  }
}
