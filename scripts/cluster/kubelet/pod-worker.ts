import type { V1Container, V1Pod } from '@kubernetes/client-node'
import { mkdirSync, writeFileSync } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { NODE_ADDRESS } from '../addresses.ts'
import { openPodNetwork } from '../sandbox/pod-network.ts'
import type { PodNetwork } from '../sandbox/pod-network.ts'
import { POD_LOGS_FOLDER } from '../sandbox/protocol.ts'
import type { PodTraffic } from '../sandbox/protocol.ts'
import { ContainerLog } from './container-log.ts'
import type { ContainerProcess } from './container-process.ts'
import { ContainerSupervisor } from './container-supervisor.ts'
import type { RestartPolicy } from './container-supervisor.ts'
import { launchContainer } from './launch-container.ts'
import type { PodRuntime } from './launch-container.ts'
import type { NodeContext } from './pod-context.ts'
import { PodReporter } from './pod-reporter.ts'
import { PodSources } from './pod-sources.ts'
import { PodVolumes } from './pod-volumes.ts'

const REFRESH_MS = 1_000
const DEFAULT_GRACE_SECONDS = 30

interface PodContainers {
  first: ContainerSupervisor[]
  main: ContainerSupervisor[]
}

/** Runs one pod from its binding to this node until nothing of it is left. */
export class PodWorker {
  readonly logs = new Map<string, ContainerLog>()
  readonly #node: NodeContext
  readonly #reporter: PodReporter
  readonly #supervisors = new Map<string, ContainerSupervisor>()
  readonly #closing = new AbortController()
  #pod: V1Pod
  #network: PodNetwork | null = null
  #setup: Promise<unknown> = Promise.resolve()
  #running: Promise<void> = Promise.resolve()
  #terminating = false
  #lastTraffic: PodTraffic | null = null

  constructor(node: NodeContext, pod: V1Pod) {
    this.#node = node
    this.#pod = pod
    this.#reporter = new PodReporter(node, pod)
  }

  get name(): string {
    return `${this.#pod.metadata?.namespace}/${this.#pod.metadata?.name}`
  }

  /** Begins to run the pod. */
  start(): void {
    const setup = this.#setUp()
    this.#setup = setup
    this.#running = setup
      .then((containers) => this.#run(containers))
      .catch((error: Error) => this.#node.log(`pod ${this.name}: ${error.message}`))
  }

  /** Takes a newer version of the pod; ends it when it is being deleted. */
  update(pod: V1Pod): void {
    this.#pod = pod
    this.#reporter.observe(pod)
    if (pod.metadata?.deletionTimestamp) this.#terminate(pod.metadata.deletionGracePeriodSeconds)
  }

  /** The pod is gone from the API: whatever still runs ends at once. */
  forget(): void {
    for (const { process } of this.#supervisors.values()) process?.signal('SIGKILL')
    this.#terminate(0)
  }

  process(container: string): ContainerProcess | null {
    return this.#supervisors.get(container)?.process ?? null
  }

  /** What left the pod so far; after its end, what had left it. */
  async traffic(): Promise<PodTraffic | null> {
    const network = this.#network
    if (!network || this.#closing.signal.aborted) return this.#lastTraffic
    const { tcpConnectsAttempted, udpSent, icmpSent, ipv6Sent } = await network.counters()
    const { 'default/kubernetes': tcpToApiServer = 0, ...tcpToOthers } = this.#node.ledger.of(network.address)
    this.#lastTraffic = { tcpConnectsAttempted, tcpToApiServer, tcpToOthers, udpSent, icmpSent, ipv6Sent }
    return this.#lastTraffic
  }

  /** Makes ready what containers need, and says what will run. */
  async #setUp(): Promise<PodContainers> {
    const spec = this.#pod.spec
    const network = await openPodNetwork()
    this.#node.ledger.forget(network.address)
    this.#network = network
    const runtime = await this.#prepare(network)
    const policy = (spec?.restartPolicy ?? 'Always') as RestartPolicy
    const initPolicy = policy === 'Always' ? 'OnFailure' : policy
    const first = (spec?.initContainers ?? []).map((one) => this.#supervise(runtime, one, initPolicy))
    const main = (spec?.containers ?? []).map((one) => this.#supervise(runtime, one, policy))
    this.#reporter.change({
      podAddress: network.address,
      initContainers: first.map(({ status }) => status),
      containers: main.map(({ status }) => status),
    })
    void this.#keepVolumesFresh(runtime)
    return { first, main }
  }

  async #run({ first, main }: PodContainers): Promise<void> {
    if (await succeedInTurn(first)) {
      this.#reporter.change({ initialized: true })
      await Promise.all(main.map((supervisor) => supervisor.run()))
    }
    await this.traffic()
    this.#closing.abort()
    for (const log of this.logs.values()) log.close()
    this.#network?.close()
    this.#reporter.change({ ended: true })
  }

  async #prepare(network: PodNetwork): Promise<PodRuntime> {
    const { client, stateFolder, rootless } = this.#node
    const { metadata, spec } = this.#pod
    const folder = join(stateFolder, 'pods', metadata?.uid ?? '')
    await mkdir(join(folder, 'volumes'), { recursive: true })
    const sources = new PodSources(client, this.#pod, { podIP: network.address, hostIP: NODE_ADDRESS })
    const context = spec?.securityContext
    const owner = {
      user: context?.runAsUser ?? spec?.containers[0]?.securityContext?.runAsUser ?? 0,
      fsGroup: context?.fsGroup,
    }
    const volumes = new PodVolumes(join(folder, 'volumes'), sources, rootless ? null : owner)
    return { node: this.#node, sources, volumes, folder, networkPid: network.pid }
  }

  #supervise(runtime: PodRuntime, container: V1Container, restartPolicy: RestartPolicy): ContainerSupervisor {
    const log = this.#openLog(container.name)
    const supervisor = new ContainerSupervisor({
      container,
      podAddress: runtime.sources.addresses.podIP,
      restartPolicy,
      crashBackoffMs: this.#node.crashBackoffMs,
      log,
      launch: () => launchContainer(runtime, container, log),
      onChange: () => this.#reporter.change({}),
      onEvent: (type, reason, message) =>
        this.#reporter.recordEvent({ type, reason, message, container: container.name }),
    })
    this.#supervisors.set(container.name, supervisor)
    return supervisor
  }

  /** Logs stay when the pod is gone, with the labels by which they are asked for. */
  #openLog(container: string): ContainerLog {
    const { namespace = '', name = '', uid = '', labels = {} } = this.#pod.metadata ?? {}
    const folder = join(this.#node.stateFolder, POD_LOGS_FOLDER, uid)
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'pod.json'), JSON.stringify({ namespace, name, labels }))
    const log = new ContainerLog(join(folder, `${container}.log`))
    this.logs.set(container, log)
    return log
  }

  async #keepVolumesFresh({ volumes }: PodRuntime): Promise<void> {
    const { signal } = this.#closing
    while (!signal.aborted) {
      await delay(REFRESH_MS, undefined, { signal }).catch(() => undefined)
      // What is missing for a moment stays as it was, as on any node.
      if (!signal.aborted) await volumes.refresh().catch(() => undefined)
    }
  }

  #terminate(graceSeconds = DEFAULT_GRACE_SECONDS): void {
    if (this.#terminating) return
    this.#terminating = true
    this.#end(graceSeconds * 1000).catch((error: Error) => this.#node.log(`pod ${this.name}: ${error.message}`))
  }

  async #end(graceMs: number): Promise<void> {
    await this.#setup.catch(() => undefined)
    await Promise.all([...this.#supervisors.values()].map((supervisor) => supervisor.stop(graceMs)))
    await this.#running
    await this.#reporter.finish()
    const uid = this.#pod.metadata?.uid
    if (uid) await rm(join(this.#node.stateFolder, 'pods', uid), { recursive: true, force: true })
  }
}

/** Runs one container after the other; false as soon as one fails for good. */
async function succeedInTurn(supervisors: ContainerSupervisor[]): Promise<boolean> {
  for (const supervisor of supervisors) {
    await supervisor.run()
    if (supervisor.status.state.terminated?.exitCode !== 0) return false
  }
  return true
}
