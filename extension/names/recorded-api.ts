import type { z } from 'zod'
import type { KubeApi, KubeRequest } from '../kube/kube-api.ts'

type Answer = (request: KubeRequest) => unknown

/** A Kubernetes API for tests, which answers by path what was recorded of a real one, and keeps what it was asked. */
export class RecordedApi implements KubeApi {
  readonly asked: { path: string; request: KubeRequest }[] = []
  readonly #answers: Record<string, Answer>

  /** By method and path. An answer that throws is a refusal. */
  constructor(answers: Record<string, Answer>) {
    this.#answers = answers
  }

  async call<T>(path: string, schema: z.ZodType<T>, request: KubeRequest = {}): Promise<T> {
    this.asked.push({ path, request })
    const answer = this.#answers[`${request.method ?? 'GET'} ${path}`]
    if (!answer) throw new Error(`Nothing was recorded for ${request.method ?? 'GET'} ${path}.`)
    return schema.parse(answer(request))
  }

  lines(): AsyncIterable<string> {
    throw new Error('Nothing was recorded.')
  }

  watch(): AsyncIterable<never> {
    throw new Error('Nothing was recorded.')
  }
}
