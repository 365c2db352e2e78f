import { describe, expect, test } from 'vitest'
import { proxyFor } from './proxy.ts'
import type { ProxySettings } from './proxy.ts'

const settings = (changes: Partial<ProxySettings>): ProxySettings => ({
  kubeconfig: null,
  env: {},
  editor: { proxy: '', noProxy: [] },
  ...changes,
})
const through = (server: string, changes: Partial<ProxySettings>) =>
  proxyFor(new URL(server), settings(changes))?.host ?? null

describe('the proxy of a request', () => {
  test('is the kubeconfig’s, then the environment’s, then the editor’s', () => {
    const editor = { proxy: 'http://editor:3128', noProxy: [] }
    const env = { HTTPS_PROXY: 'env:3128' }
    expect(through('https://k8s.example', { kubeconfig: 'http://own:3128', env, editor })).toBe('own:3128')
    expect(through('https://k8s.example', { env, editor })).toBe('env:3128')
    expect(through('https://k8s.example', { editor })).toBe('editor:3128')
    expect(through('https://k8s.example', {})).toBeNull()
  })

  test('for http is http_proxy, and the small letters count first', () => {
    const env = { HTTP_PROXY: 'http://big:1', http_proxy: 'http://small:1', HTTPS_PROXY: 'http://tls:1' }
    expect(through('http://k8s.example', { env })).toBe('small:1')
    expect(through('https://k8s.example', { env: { ALL_PROXY: 'socks5://all:1' } })).toBe('all:1')
  })

  test.each([
    ['a host', 'k8s.example', true],
    ['a domain with what is below', '.example', true],
    ['the same with a star', '*.example', true],
    ['everything', '*', true],
    ['the port', 'k8s.example:6443', true],
    ['another port', 'k8s.example:443', false],
    ['the end of another name', 's.example', false],
  ])('is none where NO_PROXY names %s', (_name, rule, isLeftOut) => {
    const env = { HTTPS_PROXY: 'http://env:1', NO_PROXY: `other.example, ${rule}` }
    expect(through('https://k8s.example:6443', { env })).toBe(isLeftOut ? null : 'env:1')
  })

  test('is none for addresses of a network that NO_PROXY names, nor for this machine', () => {
    const env = { HTTPS_PROXY: 'http://env:1', NO_PROXY: '10.0.0.0/8' }
    expect(through('https://10.20.30.40', { env })).toBeNull()
    expect(through('https://11.20.30.40', { env })).toBe('env:1')
    for (const host of ['localhost', '127.0.0.1', '[::1]']) expect(through(`https://${host}:6443`, { env })).toBeNull()
  })

  test('of the editor is none where the editor says so', () => {
    expect(
      through('https://k8s.example', { editor: { proxy: 'http://editor:1', noProxy: ['k8s.example'] } }),
    ).toBeNull()
  })
})
