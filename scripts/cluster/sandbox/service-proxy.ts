import type { V1EndpointSlice, V1Service } from '@kubernetes/client-node'
import { connect, createServer } from 'node:net'
import type { Server } from 'node:net'
import { joinSockets } from '../join-sockets.ts'
import type { ApiClient } from '../kubelet/api-client.ts'
import { followObjects } from '../kubelet/follow-objects.ts'
import { addBridgeAddress } from './bridge.ts'
import type { ConnectionLedger } from './connection-ledger.ts'

interface Listener {
  server: Server
  service: string
}

interface Target {
  address: string
  port: number
}

/** What kube-proxy does, for TCP: each Service's ClusterIP leads to one of its ready endpoints. */
export class ServiceProxy {
  readonly #client: ApiClient
  readonly #ledger: ConnectionLedger
  readonly #listeners = new Map<string, Listener>()
  readonly #services = new Map<string, V1Service>()
  readonly #slices = new Map<string, V1EndpointSlice>()

  constructor(client: ApiClient, ledger: ConnectionLedger) {
    this.#client = client
    this.#ledger = ledger
  }

  /** Follows Services and EndpointSlices until the signal aborts. */
  start(signal: AbortSignal): void {
    void followObjects<V1Service>(
      this.#client,
      { path: '/api/v1/services' },
      mirror(this.#services, () => this.#listen()),
      signal,
    )
    void followObjects<V1EndpointSlice>(
      this.#client,
      { path: '/apis/discovery.k8s.io/v1/endpointslices' },
      mirror(this.#slices, () => undefined),
      signal,
    )
  }

  #listen(): void {
    const wanted = new Set<string>()
    for (const [name, service] of this.#services) {
      for (const port of service.spec?.ports ?? []) {
        const address = service.spec?.clusterIP
        if (!address || address === 'None' || port.protocol === 'UDP') continue
        const key = `${address}:${port.port}`
        wanted.add(key)
        if (!this.#listeners.has(key)) this.#open(key, name, port.name)
      }
    }
    for (const [key, listener] of this.#listeners) {
      if (wanted.has(key)) continue
      listener.server.close()
      this.#listeners.delete(key)
    }
  }

  #open(key: string, service: string, portName: string | undefined): void {
    const [address = '', port] = key.split(':')
    const server = createServer((socket) => {
      this.#ledger.record(socket.remoteAddress, service)
      const target = this.#pick(service, portName)
      if (target) joinSockets(socket, connect(target.port, target.address))
      else socket.resetAndDestroy()
    })
    this.#listeners.set(key, { server, service })
    server.on('error', () => this.#listeners.delete(key))
    addBridgeAddress(address).then(
      () => server.listen(Number(port), address),
      () => this.#listeners.delete(key),
    )
  }

  #pick(service: string, portName: string | undefined): Target | null {
    const targets: Target[] = []
    for (const slice of this.#slices.values()) {
      const owner = `${slice.metadata?.namespace}/${slice.metadata?.labels?.['kubernetes.io/service-name']}`
      const port = slice.ports?.find((candidate) => (candidate.name || undefined) === (portName || undefined))?.port
      if (owner === service && port) targets.push(...readyTargets(slice, port))
    }
    return targets[Math.floor(Math.random() * targets.length)] ?? null
  }
}

function readyTargets(slice: V1EndpointSlice, port: number): Target[] {
  const ready = (slice.endpoints ?? []).filter((endpoint) => endpoint.conditions?.ready !== false)
  return ready.flatMap((endpoint) => endpoint.addresses.map((address) => ({ address, port })))
}

interface NamedObject {
  metadata?: { namespace?: string; name?: string }
}

/** Keeps a map, by namespace/name, equal to what is followed. */
function mirror<T extends NamedObject>(map: Map<string, T>, onUpdate: () => void) {
  const key = (object: T) => `${object.metadata?.namespace}/${object.metadata?.name}`
  const update = (change: () => void) => {
    change()
    onUpdate()
  }
  return {
    onList: (objects: T[]) =>
      update(() => {
        map.clear()
        for (const object of objects) map.set(key(object), object)
      }),
    onChange: (object: T) => update(() => map.set(key(object), object)),
    onDelete: (object: T) => update(() => map.delete(key(object))),
  }
}
