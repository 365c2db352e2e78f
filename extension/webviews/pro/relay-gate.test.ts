import { describe, expect, it } from 'vitest'
import { admit } from './relay-gate.ts'

const frame = { name: 'the frame' }
const ends = { serverOrigin: 'https://api.kube9.example', frame: () => frame, ownOrigin: 'vscode-webview://abc' }
const hello = { v: 1, type: 'hello', challenge: 'c'.repeat(43) }
const notice = { v: 1, type: 'notice', notice: null }
const code = {
  v: 1,
  type: 'code',
  code: 'x',
  challenge: 'c'.repeat(43),
  teamId: '0199a1b0-0000-7000-8000-000000000001',
  clusterId: `cls_${'1'.repeat(32)}`,
}
const fromFrame = (data: unknown, origin = ends.serverOrigin) => admit({ origin, source: frame, data }, ends)
const fromHost = (data: unknown) => admit({ origin: ends.ownOrigin, source: null, data }, ends)

describe('the document around the server’s page', () => {
  it('hears the page from its frame and origin, and the host from its own', () => {
    expect(fromFrame(hello)).toEqual({ from: 'page', message: hello })
    expect(fromHost(notice)).toEqual({ from: 'host', message: notice })
    expect(fromHost({ v: 1, type: 'relay', message: code })).toMatchObject({ from: 'host' })
  })

  it.each([
    ['another origin in the frame', 'https://evil.example'],
    ['a sandboxed document in the frame', 'null'],
    ['the same host by another scheme', 'http://api.kube9.example'],
    ['another port', 'https://api.kube9.example:8443'],
    ['the document’s own origin', ends.ownOrigin],
  ])('gives nothing to %s', (_name, origin) => {
    expect(fromFrame(hello, origin)).toBeNull()
    expect(fromFrame({ v: 1, type: 'relay', message: code }, origin)).toBeNull()
  })

  it('gives nothing to another window, even one of the server', () => {
    const other = { name: 'a popup' }
    expect(admit({ origin: ends.serverOrigin, source: other, data: hello }, ends)).toBeNull()
    expect(admit({ origin: ends.serverOrigin, source: null, data: hello }, ends)).toBeNull()
  })

  it('does not let the page speak as the host', () => {
    expect(fromFrame(notice)).toBeNull()
    expect(fromFrame({ v: 1, type: 'relay', message: code })).toBeNull()
    expect(fromFrame(code)).toBeNull()
  })

  it.each([
    ['no object', 'hello'],
    ['another version', { ...hello, v: 2 }],
    ['no challenge', { v: 1, type: 'hello' }],
    ['a link that is no web address', { v: 1, type: 'open-link', url: 'command:workbench.action.terminal.new' }],
    ['a script for a link', { v: 1, type: 'open-link', url: 'javascript:alert(1)' }],
    ['a file for a link', { v: 1, type: 'open-link', url: 'file:///etc/passwd' }],
    ['an unknown type', { v: 1, type: 'run', command: 'rm' }],
  ])('drops %s', (_name, data) => {
    expect(fromFrame(data)).toBeNull()
    expect(fromHost(data)).toBeNull()
  })

  it('hears nothing while there is no frame', () => {
    const without = { ...ends, frame: () => null }
    expect(admit({ origin: ends.serverOrigin, source: null, data: hello }, without)).toBeNull()
  })
})
