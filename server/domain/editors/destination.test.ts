import { describe, expect, test } from 'vitest'
import { editorSchemes } from '#contract/extension-api.ts'
import { destinationOf, withAnswer } from './destination.ts'

const ours = 'vscode-authority=alto9.kube9-vscode&vscode-path=%2Fauth'
const origins = ['https://editor.example.com', 'http://127.0.0.1:8080', 'vscode-webview://anything']

describe('a code may go', () => {
  test.each(editorSchemes)('to the extension in the editor of the scheme %s', (scheme) => {
    expect(destinationOf(`${scheme}://alto9.kube9-vscode/auth`, origins)).toEqual({ kind: 'app', scheme })
    expect(destinationOf(`${scheme}://alto9.kube9-vscode/auth?windowId=1`, [])).toEqual({ kind: 'app', scheme })
  })

  test('to the callback of a web editor whose origin the installation names', () => {
    const callback = `https://editor.example.com/stable-abc/callback?vscode-reqid=1&vscode-scheme=code-oss&${ours}`
    expect(destinationOf(callback, origins)).toEqual({ kind: 'web', origin: 'https://editor.example.com' })
    expect(destinationOf(`http://127.0.0.1:8080/callback?${ours}`, origins)).toMatchObject({ kind: 'web' })
    expect(destinationOf(callback, ['https://editor.example.com/'])).toMatchObject({ kind: 'web' })
  })

  test('to a port of this computer, and onto the screen', () => {
    expect(destinationOf('http://127.0.0.1:49152/callback', [])).toEqual({ kind: 'loopback', port: 49_152 })
    expect(destinationOf('urn:kube9:paste', [])).toEqual({ kind: 'paste' })
  })
})

test.each([
  `https://editor.example.com/proxy/9000/callback?${ours}`,
  `https://editor.example.com/user/mallory/stable-abc/callback?${ours}`,
  `https://editor.example.com/stable-abc/../proxy/9000/callback?${ours}`,
  `https://editor.example.com/stable-abc/elsewhere?${ours}`,
  'https://editor.example.com/stable-abc/callback?vscode-authority=evil.extension&vscode-path=%2Fauth',
  'https://editor.example.com/stable-abc/callback?vscode-authority=alto9.kube9-vscode&vscode-path=%2Fother',
  'https://editor.example.com/stable-abc/callback',
  `https://evil.example.com/callback?${ours}`,
  `https://editor.example.com.evil.example/callback?${ours}`,
  `https://editor.example.com@evil.example/callback?${ours}`,
  `https://user@editor.example.com/callback?${ours}`,
  `https://editor.example.com:8443/callback?${ours}`,
  `http://editor.example.com/callback?${ours}`,
  `https://evil.example\\@editor.example.com/callback?${ours}`,
  `https:\\\\editor.example.com/callback?${ours}`,
  `https://editor.example.com/callback?${ours}#fragment`,
  `https://editor.example.com/callback?${ours}&code=planted`,
  `https://editor.example.com/callback?${ours}&state=planted`,
  `https://editor.example.com/call\tback?${ours}`,
  ` https://editor.example.com/callback?${ours}`,
  '//evil.example.com/callback',
  '/home',
  'javascript:alert(document.domain)//alto9.kube9-vscode/auth',
  'data:text/html,<script>alert(1)</script>',
  'vscode-webview://anything/callback',
  'evil://alto9.kube9-vscode/auth',
  'vscode://evil.extension/auth',
  'vscode://alto9.kube9-vscode/other',
  'vscode://alto9.kube9-vscode/auth/../other',
  'vscode://alto9.kube9-vscode/auth/',
  'vscode://alto9.kube9-vscode:1/auth',
  'vscode://user@alto9.kube9-vscode/auth',
  'vscode://alto9.kube9-vscode.evil/auth',
  'vscode:alto9.kube9-vscode/auth',
  'vscode:///alto9.kube9-vscode/auth',
  'vscode://alto9.kube9-vscode/auth?code=planted',
  'vscode://alto9.kube9-vscode/auth#code',
  'http://127.0.0.1/callback',
  'http://127.0.0.1:0/callback',
  'http://127.0.0.1:65536/callback',
  'http://127.0.0.1:4000/callback?next=elsewhere',
  'http://127.0.0.1:4000/other',
  'http://127.0.0.1:4000@evil.example/callback',
  'http://127.1:4000/callback',
  'http://localhost:4000/callback',
  'http://[::1]:4000/callback',
  'https://127.0.0.1:4000/callback',
  'urn:kube9:paste?x=1',
  'urn:kube9:other',
  'URN:kube9:paste',
  '',
])('no code goes to %j', (address) => {
  expect(destinationOf(address, origins)).toBeNull()
})

test('an answer is added to the query that an address has, which stays as it is', () => {
  const answer = { code: 'c-1', state: 's_2' }
  expect(withAnswer('vscode://alto9.kube9-vscode/auth', answer)).toBe(
    'vscode://alto9.kube9-vscode/auth?code=c-1&state=s_2',
  )
  expect(withAnswer('https://e.example/callback?vscode-path=%2Fauth&x=a%20b+c', answer)).toBe(
    'https://e.example/callback?vscode-path=%2Fauth&x=a%20b+c&code=c-1&state=s_2',
  )
})
