export type StreamEvent = { event: string; data: string }

/**
 * Reads text/event-stream (WHATWG HTML 9.2.6) from chunks that may be cut at any byte. Comments and fields that this page
 * does not use are skipped; an event without data is none.
 */
export class EventStreamParser {
  readonly #decoder = new TextDecoder()
  #rest = ''
  #event = ''
  #data: string[] = []

  /** The events that are whole by now. */
  push(chunk: Uint8Array): StreamEvent[] {
    this.#rest += this.#decoder.decode(chunk, { stream: true })
    const events: StreamEvent[] = []
    for (let line = this.#takeLine(); line !== null; line = this.#takeLine()) {
      const event = this.#read(line)
      if (event) events.push(event)
    }
    return events
  }

  #takeLine(): string | null {
    const end = this.#rest.search(/[\r\n]/)
    if (end === -1) return null
    const isReturn = this.#rest[end] === '\r'
    // Whether a line feed belongs to this return shows only with the next chunk.
    if (isReturn && end === this.#rest.length - 1) return null
    const line = this.#rest.slice(0, end)
    this.#rest = this.#rest.slice(end + (isReturn && this.#rest[end + 1] === '\n' ? 2 : 1))
    return line
  }

  #read(line: string): StreamEvent | null {
    if (line === '') return this.#dispatch()
    const colon = line.indexOf(':')
    const field = colon === -1 ? line : line.slice(0, colon)
    const value = colon === -1 ? '' : line.slice(colon + 1).replace(/^ /, '')
    if (field === 'event') this.#event = value
    if (field === 'data') this.#data.push(value)
    return null
  }

  #dispatch(): StreamEvent | null {
    const event = { event: this.#event || 'message', data: this.#data.join('\n') }
    const whole = this.#data.length > 0
    this.#event = ''
    this.#data = []
    return whole ? event : null
  }
}
