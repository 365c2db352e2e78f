import { z } from 'zod'
import { STATUS_CONFIG_MAP } from '#contract/operator-status.ts'
import { follow } from '../kube/follow.ts'
import type { KubeApi } from '../kube/kube-api.ts'
import { isKubeFault } from '../kube/kube-error.ts'
import type { KubeError } from '../kube/kube-error.ts'
import type { Observation } from './judge-standing.ts'

const LOOK_TIMEOUT_MS = 5_000
const STATUS_RULE =
  '{apiGroups: [""], resources: ["configmaps"], resourceNames: ["kube9-operator-status"], verbs: ["get", "list", "watch"]}'

const configMapSchema = z.object({
  metadata: z.object({ namespace: z.string(), labels: z.record(z.string(), z.string()).nullish() }),
  data: z.record(z.string(), z.string()).nullish(),
})
type ConfigMap = z.infer<typeof configMapSchema>

/** What is known of one place: a namespace, or the whole cluster. Null while nothing is. */
interface Place {
  found: Map<string, ConfigMap> | null
  fault: KubeError | null
  /** What the API server said last, whatever became of the network since. */
  isForbidden: boolean
}

export interface StatusSourceOptions {
  api: KubeApi
  /** Namespaces in which the name alone is enough, the likeliest first. */
  namespaces: readonly string[]
  onChange: () => void
}

export type Sighting = { namespace: string | null; observation: Observation } | { fault: KubeError }

/**
 * The operator's status, wherever it is: by one watch of its name over the whole cluster, or, where that is forbidden, by one for
 * each namespace of the settings. In a namespace that nobody named it counts only with the operator's labels.
 */
export class StatusSource {
  readonly #options: StatusSourceOptions
  readonly #end = new AbortController()
  readonly #everywhere: Place = { found: null, fault: null, isForbidden: false }
  readonly #named = new Map<string, Place>()
  #following: Promise<unknown> | null = null

  constructor(options: StatusSourceOptions) {
    this.#options = options
  }

  /** Resolves when the first look is over; watches from then on. */
  async begin(): Promise<void> {
    await this.#follow('/api/v1/configmaps', this.#everywhere)
    await this.#following
  }

  end(): void {
    this.#end.abort()
  }

  /** Null before the first look is over. */
  get sighting(): Sighting | null {
    const { found, fault, isForbidden } = this.#everywhere
    // What breaks where nothing may be seen anyway hides nothing of what the watches by name see.
    if (isForbidden) return this.#sightingByName()
    if (fault) return { fault }
    return found && (this.#choose(found) ?? { namespace: null, observation: { kind: 'absent' } })
  }

  #sightingByName(): Sighting | null {
    const places = [...this.#named.values()]
    const open = places.filter(({ isForbidden }) => !isForbidden)
    for (const { found, fault } of open) {
      const chosen = found && this.#choose(found)
      // What it said before it broke is not what it says now.
      if (chosen) return fault ? { fault } : chosen
    }
    if (open.some(({ found, fault }) => !found && !fault)) return null
    const asked = open.length > 0 ? open : [this.#everywhere, ...places]
    const broken = asked.find(({ fault }) => fault && !isKubeFault(fault, 'forbidden'))
    if (broken?.fault) return { fault: broken.fault }
    // Nobody said that it is in `default`; it is looked for there because others have put it there.
    const refused = [...this.#named].find(([namespace, place]) => place.isForbidden && namespace !== 'default')
    if (!refused) return { namespace: null, observation: { kind: 'absent' } }
    const reason = `You may not read ConfigMaps in the namespace ${refused[0]}, where the operator says how it is.`
    return { namespace: null, observation: { kind: 'forbidden', reason, rbac: STATUS_RULE } }
  }

  #choose(found: Map<string, ConfigMap>): Sighting | null {
    const { namespaces } = this.#options
    const others = [...found.keys()].filter((name) => !namespaces.includes(name)).sort()
    for (const namespace of [...namespaces, ...others]) {
      const configMap = found.get(namespace)
      if (!configMap || !(namespaces.includes(namespace) || isLabelled(configMap))) continue
      return { namespace, observation: { kind: 'found', text: configMap.data?.[STATUS_CONFIG_MAP.key] } }
    }
    return null
  }

  #followByName(): void {
    this.#following ??= Promise.all(
      this.#options.namespaces.map((namespace) => {
        const place: Place = { found: null, fault: null, isForbidden: false }
        this.#named.set(namespace, place)
        return this.#follow(`/api/v1/namespaces/${encodeURIComponent(namespace)}/configmaps`, place)
      }),
    )
  }

  /** Resolves with the first list, or the first fault. */
  #follow(path: string, place: Place): Promise<void> {
    return new Promise((resolve) => {
      const tell = () => {
        resolve()
        this.#options.onChange()
      }
      const following = {
        path,
        query: { fieldSelector: `metadata.name=${STATUS_CONFIG_MAP.name}` },
        item: configMapSchema,
        timeoutMs: LOOK_TIMEOUT_MS,
        onList: (items: ConfigMap[]) => {
          place.fault = null
          place.isForbidden = false
          place.found = new Map(items.map((item) => [item.metadata.namespace, item]))
          tell()
        },
        onChange: (type: string, item: ConfigMap) => {
          if (type === 'DELETED') place.found?.delete(item.metadata.namespace)
          else place.found?.set(item.metadata.namespace, item)
          tell()
        },
        onFault: (error: KubeError) => {
          place.fault = error
          if (isKubeFault(error, 'forbidden')) {
            place.isForbidden = true
            if (place === this.#everywhere) this.#followByName()
          }
          tell()
        },
      }
      void follow(this.#options.api, following, this.#end.signal).finally(resolve)
    })
  }
}

function isLabelled({ metadata }: ConfigMap): boolean {
  return Object.entries(STATUS_CONFIG_MAP.labels).every(([name, value]) => metadata.labels?.[name] === value)
}
