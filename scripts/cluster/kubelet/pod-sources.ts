import type { V1ConfigMap, V1Pod, V1Secret } from '@kubernetes/client-node'
import { ApiError } from './api-client.ts'
import type { ApiClient } from './api-client.ts'
import type { PodAddresses } from './field-reference.ts'

/** The content of a Secret or ConfigMap, by key. */
export type KeyedContent = Record<string, Buffer>

interface IssuedToken {
  token: string
  refreshAtMs: number
}

const NOT_FOUND = 404

/** What a pod's volumes and environment are made from, read one by one by name, as a node may. */
export class PodSources {
  readonly pod: V1Pod
  readonly addresses: PodAddresses
  readonly #client: ApiClient
  readonly #tokens = new Map<string, IssuedToken>()

  constructor(client: ApiClient, pod: V1Pod, addresses: PodAddresses) {
    this.#client = client
    this.pod = pod
    this.addresses = addresses
  }

  /** Null when it does not exist. Rejects when it may not be read, which also happens just after a pod was bound. */
  secret(name: string): Promise<KeyedContent | null> {
    return nullWhenMissing(async () => {
      const { data } = await this.#client.get<V1Secret>(`${this.#namespacePath()}/secrets/${name}`)
      return decode(data)
    })
  }

  /** Null when it does not exist. */
  configMap(name: string): Promise<KeyedContent | null> {
    return nullWhenMissing(async () => {
      const { data, binaryData } = await this.#client.get<V1ConfigMap>(`${this.#namespacePath()}/configmaps/${name}`)
      const texts = Object.entries(data ?? {}).map(([key, text]) => [key, Buffer.from(text)] as const)
      return { ...Object.fromEntries(texts), ...decode(binaryData) }
    })
  }

  /** A token of the pod's ServiceAccount, bound to the pod, the same one until four fifths of its life are over. */
  async token(audience: string | undefined, expirationSeconds: number): Promise<string> {
    const key = `${audience ?? ''}/${expirationSeconds}`
    const known = this.#tokens.get(key)
    if (known && Date.now() < known.refreshAtMs) return known.token
    const { metadata, spec } = this.pod
    const path = `${this.#namespacePath()}/serviceaccounts/${spec?.serviceAccountName ?? 'default'}/token`
    const answer = await this.#client.post<{ status: { token: string } }>(path, {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      spec: {
        audiences: audience ? [audience] : [],
        expirationSeconds,
        boundObjectRef: { apiVersion: 'v1', kind: 'Pod', name: metadata?.name, uid: metadata?.uid },
      },
    })
    const { token } = answer.status
    this.#tokens.set(key, { token, refreshAtMs: Date.now() + expirationSeconds * 800 })
    return token
  }

  #namespacePath(): string {
    return `/api/v1/namespaces/${this.pod.metadata?.namespace}`
  }
}

async function nullWhenMissing<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof ApiError && error.status === NOT_FOUND) return null
    throw error
  }
}

function decode(data: Record<string, string> | undefined): KeyedContent {
  return Object.fromEntries(Object.entries(data ?? {}).map(([key, text]) => [key, Buffer.from(text, 'base64')]))
}
