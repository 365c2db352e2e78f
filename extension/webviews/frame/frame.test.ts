import { expect, test } from 'vitest'
import { fromDescribeSchema } from '../describe/protocol.ts'
import { fromLogsSchema } from '../logs/protocol.ts'
import { fromOverviewSchema } from '../overview/protocol.ts'
import { relativeTimeWords } from './browser/relative-time-words.ts'
import { referTo } from './known-kinds.ts'
import { parseMessage } from './message.ts'
import { objectPath } from './object-reference.ts'
import { pageHtml } from './page-html.ts'
import { labelSelectorText } from './pod-selector.ts'
import { bytesText, coresText, quantityValue } from './quantity.ts'

test('a page may run its one script and nothing else', () => {
  const html = pageHtml({
    title: '<script>alert(1)</script>',
    language: 'en',
    nonce: 'n0nce',
    cspSource: 'https://files.example',
    scriptUri: 'https://files.example/logs.js',
    styleUri: 'https://files.example/logs.css',
  })
  expect(html).toContain(
    'default-src &#39;none&#39;; script-src &#39;nonce-n0nce&#39;; style-src https://files.example',
  )
  expect(html).not.toContain('unsafe')
  expect(html).not.toContain('<script>alert')
  expect(html.match(/<script/g)).toHaveLength(1)
})

test.each([
  ['another version', { v: 2, type: 'ready' }],
  ['an unknown type', { v: 1, type: 'eval', code: '1' }],
  ['a reference that is none', { v: 1, type: 'open', reference: { context: 'prod' } }],
  ['a text', 'ready'],
  ['nothing', undefined],
])('%s from a page is dropped', (_, message) => {
  for (const schema of [fromOverviewSchema, fromDescribeSchema, fromLogsSchema]) {
    expect(parseMessage<unknown>(schema, message)).toBeNull()
  }
})

test('a name in a path cannot lead out of it', () => {
  const reference = referTo({ context: 'prod', kind: 'Pod', namespace: 'a/b', name: '../../secrets?x' })
  expect(reference && objectPath(reference)).toBe('/api/v1/namespaces/a%2Fb/pods/..%2F..%2Fsecrets%3Fx')
})

test('a kind of the same name in another group is no link of ours', () => {
  expect(
    referTo({ context: 'prod', kind: 'Service', namespace: 'a', name: 'b', apiVersion: 'serving.knative.dev/v1' }),
  ).toBeNull()
  expect(referTo({ context: 'prod', kind: 'Node', namespace: 'a', name: 'n1' })?.namespace).toBeNull()
})

test('selectors are asked for as the API writes them', () => {
  const matchExpressions = [
    { key: 'tier', operator: 'In' as const, values: ['a', 'b'] },
    { key: 'old', operator: 'DoesNotExist' as const },
  ]
  expect(labelSelectorText({ matchLabels: { app: 'cart' }, matchExpressions })).toBe('app=cart,tier in (a,b),!old')
})

test('quantities and times read as people say them', () => {
  expect(coresText(quantityValue('250m') + quantityValue('1'))).toBe('1.25 cores')
  expect(bytesText(quantityValue('16393244Ki'))).toBe('15.6 GiB')
  expect(bytesText(12)).toBe('12 B')
  const now = Date.parse('2026-11-26T12:00:00Z')
  expect(relativeTimeWords(now - 1_000, now)).toBe('just now')
  expect(relativeTimeWords(now - 150_000, now)).toBe('2 minutes ago')
  expect(relativeTimeWords(now - 3 * 86_400_000, now)).toBe('3 days ago')
})
