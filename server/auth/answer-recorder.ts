/** Takes down what next-auth says to the answer object of an API route of Next, and makes a Response of it. */
export class AnswerRecorder {
  #status = 200
  #body: string | null = null
  readonly #headers = new Map<string, string | string[]>()

  status(code: number): this {
    this.#status = code
    return this
  }

  getHeader(name: string): string | string[] | undefined {
    return this.#headers.get(name.toLowerCase())
  }

  setHeader(name: string, value: string | string[]): this {
    this.#headers.set(name.toLowerCase(), value)
    return this
  }

  json(value: unknown): this {
    return this.setHeader('content-type', 'application/json').send(value)
  }

  send(value: unknown): this {
    this.#body = typeof value === 'string' ? value : JSON.stringify(value ?? null)
    return this
  }

  end(): this {
    return this
  }

  toResponse(): Response {
    const headers = new Headers({ 'cache-control': 'no-store' })
    for (const [name, value] of this.#headers) {
      for (const single of [value].flat()) {
        if (name === 'set-cookie') headers.append(name, single)
        else headers.set(name, single)
      }
    }
    return new Response(this.#body, { status: this.#status, headers })
  }
}
