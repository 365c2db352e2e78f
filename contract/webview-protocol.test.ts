import { expect, test } from 'vitest'
import { clusterPagePath } from './extension-api.ts'
import { hostMessageSchema, pageMessageSchema } from './webview-protocol.ts'

const CHALLENGE = 'A'.repeat(43)

test('a page’s link may be http(s) alone, so that no page makes an editor run a command', () => {
  const link = (url: string) => pageMessageSchema.safeParse({ v: 1, type: 'open-link', url }).success
  expect(link('https://app.kube9.io/acme/clusters')).toBe(true)
  for (const url of [
    'command:workbench.action.terminal.new',
    'vscode://x/y',
    'javascript:alert(1)',
    'file:///etc/passwd',
    '/relative',
  ]) {
    expect({ url, opens: link(url) }).toEqual({ url, opens: false })
  }
})

test('messages of another version, of no known type or with a foreign shape are none', () => {
  expect(pageMessageSchema.safeParse({ v: 1, type: 'hello', challenge: CHALLENGE }).success).toBe(true)
  for (const message of [
    null,
    'hello',
    { type: 'hello', challenge: CHALLENGE },
    { v: 2, type: 'hello', challenge: CHALLENGE },
    { v: 1, type: 'hello', challenge: 'short' },
    { v: 1, type: 'run' },
  ]) {
    expect({ message, counts: pageMessageSchema.safeParse(message).success }).toEqual({ message, counts: false })
  }
})

test('a theme holds the chosen variables alone', () => {
  const theme = (variables: object) => hostMessageSchema.safeParse({ v: 1, type: 'theme', kind: 'dark', variables })
  expect(theme({ foreground: '#ccc' }).success).toBe(true)
  expect(theme({}).success).toBe(true)
  expect(theme({ 'secret-variable': '#ccc' }).success).toBe(false)
})

test('the address of a cluster’s page names team and cluster, and no secret', () => {
  expect(clusterPagePath({ teamId: 't', clusterId: 'cls_1' })).toBe('/ui/teams/t/clusters/cls_1')
})
