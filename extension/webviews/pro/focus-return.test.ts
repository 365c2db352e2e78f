import { expect, it, vi } from 'vitest'
import { FocusReturn } from './focus-return.ts'

function begun() {
  const give = vi.fn<() => void>()
  const focus = new FocusReturn(give)
  focus.begin(0)
  return { give, focus }
}

it('gives the focus back once, when it went away after a key and came again', () => {
  const { give, focus } = begun()
  expect(focus.look(50, true)).toBe(true)
  expect(focus.look(100, false)).toBe(true)
  expect(give).not.toHaveBeenCalled()
  expect(focus.look(9_000, true)).toBe(false)
  expect(give).toHaveBeenCalledOnce()
  focus.look(9_050, false)
  focus.look(9_100, true)
  expect(give).toHaveBeenCalledOnce()
})

it('leaves the focus alone after a key that did not move it', () => {
  const { give, focus } = begun()
  expect(focus.look(2_001, true)).toBe(false)
  focus.look(3_000, false)
  focus.look(4_000, true)
  expect(give).not.toHaveBeenCalled()
})

it('leaves the focus alone where no key was handed over', () => {
  const give = vi.fn<() => void>()
  const focus = new FocusReturn(give)
  focus.look(0, false)
  expect(focus.look(50, true)).toBe(false)
  expect(give).not.toHaveBeenCalled()
})

it('gives up when nobody comes back', () => {
  const { give, focus } = begun()
  focus.look(50, false)
  expect(focus.look(600_001, false)).toBe(false)
  focus.look(600_100, true)
  expect(give).not.toHaveBeenCalled()
})
