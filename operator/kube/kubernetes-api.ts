import { Agent, request } from 'node:https'
import type { RequestOptions } from 'node:https'
import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http'
import { KubeConfig } from '@kubernetes/client-node'
import { z } from 'zod'
import { USER_AGENT } from '../version.ts'
import { KubernetesError } from './kubernetes-error.ts'

const DEFAULT_TIMEOUT_MS = 15_000

export type Query = Record<string, string | number | undefined>

export interface KubernetesRequest {
  method?: 'GET' | 'POST' | 'PATCH'
  query?: Query
  accept?: string
  body?: unknown
  contentType?: string
  timeoutMs?: number
}

const statusSchema = z.object({ message: z.string() })

/** Where the API server is: KUBECONFIG when set (outside a cluster), else the pod's ServiceAccount. */
export function loadKubeConfig(env: NodeJS.ProcessEnv): KubeConfig {
  const kubeConfig = new KubeConfig()
  if (env['KUBECONFIG']) kubeConfig.loadFromFile(env['KUBECONFIG'])
  else kubeConfig.loadFromCluster()
  return kubeConfig
}

/**
 * Requests to the Kubernetes API over node:https, since the typed clients of client-node hold 25 MB more. The agent is its own, so
 * that a proxy of the environment never sees these requests.
 */
export class KubernetesApi {
  readonly #kubeConfig: KubeConfig
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 4 })

  constructor(kubeConfig: KubeConfig) {
    this.#kubeConfig = kubeConfig
  }

  /** The parsed answer. Throws a `KubernetesError` for anything but a 2xx that has the schema's shape. */
  async call<T>(path: string, schema: z.ZodType<T>, options: KubernetesRequest = {}): Promise<T> {
    const parsed = schema.safeParse(await this.#exchange(path, options))
    if (parsed.success) return parsed.data
    throw new KubernetesError(200, `The Kubernetes API gave an unknown shape for ${path}`, { cause: parsed.error })
  }

  async #exchange(path: string, options: KubernetesRequest): Promise<unknown> {
    const signal = AbortSignal.timeout(options.timeoutMs ?? DEFAULT_TIMEOUT_MS)
    try {
      const response = await this.#send(path, options, signal)
      const text = await readText(response)
      const status = response.statusCode ?? 0
      if (status >= 200 && status < 300) return JSON.parse(text)
      throw new KubernetesError(status, messageOf(text))
    } catch (error) {
      if (error instanceof KubernetesError) throw error
      const reason = signal.aborted ? 'no answer in time' : error instanceof Error ? error.message : String(error)
      throw new KubernetesError(null, `The Kubernetes API does not answer: ${reason}`, { cause: error })
    }
  }

  async #send(path: string, options: KubernetesRequest, signal: AbortSignal): Promise<IncomingMessage> {
    const url = new URL(path, this.#kubeConfig.getCurrentCluster()?.server)
    for (const [name, value] of Object.entries(options.query ?? {})) {
      if (value !== undefined) url.searchParams.set(name, String(value))
    }
    const body = options.body === undefined ? undefined : JSON.stringify(options.body)
    const tls: RequestOptions = {}
    await this.#kubeConfig.applyToHTTPSOptions(tls)
    const headers: OutgoingHttpHeaders = {
      ...(tls.headers as OutgoingHttpHeaders | undefined),
      'user-agent': USER_AGENT,
      accept: options.accept ?? 'application/json',
    }
    if (body !== undefined) {
      headers['content-type'] = options.contentType ?? 'application/json'
      headers['content-length'] = Buffer.byteLength(body)
    }
    return new Promise((resolve, reject) => {
      const req = request(
        url,
        { ...tls, agent: this.#agent, method: options.method ?? 'GET', headers, signal },
        resolve,
      )
      req.once('error', reject)
      req.end(body)
    })
  }
}

async function readText(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

function messageOf(text: string): string {
  try {
    return statusSchema.parse(JSON.parse(text)).message
  } catch {
    return text.slice(0, 200)
  }
}
