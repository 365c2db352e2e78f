import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { plainText } from './plain-text.ts'

/** What the editor makes a link of in a message. */
const LINK = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)/

test('no text of a cluster becomes a link in a message', () => {
  const text = 'Renew [here](command:workbench.action.terminal.sendSequence?%7B%7D) or [there](https://evil.example)'
  expect(text).toMatch(LINK)
  expect(plainText(text)).not.toMatch(LINK)
  expect(plainText('10.0.0.1 [::1] (tried twice)')).toBe('10.0.0.1 [::1] (tried twice)')
})

test('every message in the corner is shown as such a text', () => {
  const own = ['messages.ts', 'plain-text.test.ts']
  const files = globSync('**/*.ts', { cwd: import.meta.dirname }).filter((file) => !own.includes(file))
  const direct = files.filter((file) => {
    const source = readFileSync(`${import.meta.dirname}/${file}`, 'utf8')
    // Dialogs, which have details, make no links.
    return /window\.show(Error|Warning|Information)Message\((?![^;]*\{ modal: true)/.test(source)
  })
  expect(files.length).toBeGreaterThan(100)
  expect(direct).toEqual([])
})
