import { describe, expect, it } from 'vitest'
import { MessageGate } from './message-gate.ts'

const parent = { name: 'the outer page' }
const sibling = { name: 'another frame' }
const editor = 'https://editor.example.com'
const shown = { v: 1, type: 'visibility', visible: true }

describe('what the page listens to', () => {
  it('hears its parent', () => {
    expect(new MessageGate(parent).admit({ source: parent, origin: editor, data: shown })).toEqual(shown)
  })

  it.each([
    ['a sibling frame', sibling],
    ['itself', {}],
    ['a message without a source', null],
  ])('does not hear %s', (_, source) => {
    const gate = new MessageGate(parent)
    expect(gate.admit({ source, origin: editor, data: shown })).toBeNull()
    expect(gate.origin).toBeNull()
  })

  it('pins the origin of the first valid message: the same window from elsewhere is not heard any more', () => {
    const gate = new MessageGate(parent)
    gate.admit({ source: parent, origin: editor, data: shown })
    expect(gate.admit({ source: parent, origin: 'https://evil.example', data: shown })).toBeNull()
    expect(gate.admit({ source: parent, origin: editor, data: shown })).toEqual(shown)
    expect(gate.origin).toBe(editor)
  })

  it('is not pinned by garbage', () => {
    const gate = new MessageGate(parent)
    gate.admit({ source: parent, origin: 'https://evil.example', data: { v: 1, type: 'hello there' } })
    expect(gate.origin).toBeNull()
    expect(gate.admit({ source: parent, origin: editor, data: shown })).toEqual(shown)
  })

  it('does not take the origin of sandboxed documents, which they all share', () => {
    expect(new MessageGate(parent).admit({ source: parent, origin: 'null', data: shown })).toBeNull()
  })

  it.each([
    [undefined],
    [null],
    [7],
    ['{"v":1,"type":"visibility","visible":true}'],
    [[]],
    [{}],
    [{ v: 2, type: 'visibility', visible: true }],
    [{ v: 1, type: 'visibility', visible: 'yes' }],
    [{ v: 1, type: 'theme', kind: 'solarized', variables: {} }],
    [{ v: 1, type: 'theme', kind: 'dark', variables: { 'made-up': '#fff' } }],
    [{ v: 1, type: 'names', saltId: 'salt', names: {}, done: true }],
    [{ v: 1, type: 'code', code: 'x', challenge: 'short', teamId: 'no', clusterId: 'no' }],
  ])('ignores %j', (data) => {
    expect(new MessageGate(parent).admit({ source: parent, origin: editor, data })).toBeNull()
  })
})
