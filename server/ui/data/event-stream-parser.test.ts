import { describe, expect, it } from 'vitest'
import { EventStreamParser } from './event-stream-parser.ts'

const text =
  'retry: 1000\n\n: still here\n\nevent: change\ndata: {"kind":"cluster","id":"übergröße 🌱"}\n\n' +
  'event:read-again\r\ndata\r\n\r\ndata: one\rdata:  two\r\rid: 7\nunknown: x\ndata: three\n\nevent: empty\n\n' +
  'data: not whole yet\n'
const bytes = new TextEncoder().encode(text)
const events = [
  { event: 'change', data: '{"kind":"cluster","id":"übergröße 🌱"}' },
  { event: 'read-again', data: '' },
  { event: 'message', data: 'one\n two' },
  { event: 'message', data: 'three' },
]

describe('an event stream', () => {
  it('is read the same wherever a chunk is cut, also inside a character or a line end', () => {
    for (let at = 0; at <= bytes.length; at++) {
      const parser = new EventStreamParser()
      expect([at, [...parser.push(bytes.subarray(0, at)), ...parser.push(bytes.subarray(at))]]).toEqual([at, events])
    }
  })

  it('is read the same byte by byte', () => {
    const parser = new EventStreamParser()
    expect([...bytes].flatMap((byte) => parser.push(Uint8Array.of(byte)))).toEqual(events)
  })

  it('gives an event as soon as its empty line is there', () => {
    const parser = new EventStreamParser()
    expect(parser.push(new TextEncoder().encode('event: change\ndata: {}\n'))).toEqual([])
    expect(parser.push(new TextEncoder().encode('\n'))).toEqual([{ event: 'change', data: '{}' }])
  })
})
