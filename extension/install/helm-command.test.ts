import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { commandText, helmArguments, isInsecure } from './helm-command.ts'

const install = {
  context: 'prod',
  namespace: 'kube9-system',
  chartsUrl: 'https://charts.kube9.io',
  serverUrl: null,
}

describe('the helm command', () => {
  it('names context, namespace and charts, and no key', () => {
    expect(commandText('helm', helmArguments(install), 'linux')).toBe(
      'helm upgrade kube9-operator kube9-operator --install --repo https://charts.kube9.io --namespace kube9-system --create-namespace --kube-context prod --reset-then-reuse-values --wait',
    )
  })

  it('names the server when it is not the default', () => {
    expect(helmArguments({ ...install, serverUrl: 'https://kube9.corp.example' })).toContain(
      'serverUrl=https://kube9.corp.example',
    )
    expect(helmArguments({ ...install, serverUrl: 'https://x.example/a,b' })).toContain(
      'serverUrl=https://x.example/a\\,b',
    )
  })

  it('allows plain http only where the address is plain http, beyond this machine', () => {
    expect(helmArguments({ ...install, serverUrl: 'http://10.0.0.7:4000' })).toContain('allowInsecureHttp=true')
    expect(helmArguments({ ...install, serverUrl: 'http://127.0.0.1:4000' })).not.toContain('allowInsecureHttp=true')
    expect([isInsecure('http://[::1]:4000'), isInsecure('https://10.0.0.7')]).toEqual([false, false])
  })

  it.each([
    'arn:aws:eks:eu-central-1:1234:cluster/prod one',
    'it\'s a $(touch x) `name`; with "all" & more',
    'ünï\\code',
    '--kube-context',
    'two\nlines',
  ])('gives the shell the context %j as it is', (context) => {
    const args = helmArguments({ ...install, context })
    const text = commandText('node', ['-p', 'JSON.stringify(process.argv.slice(1))', '--', ...args], 'linux')
    const heard: unknown = JSON.parse(execFileSync('/bin/sh', ['-c', text], { encoding: 'utf8' }))
    expect(heard).toEqual(args)
  })

  it('quotes for PowerShell by its own rules', () => {
    expect(commandText('helm', ["it's", '$x', 'a b', 'plain'], 'win32')).toBe(`helm 'it''s' '$x' 'a b' plain`)
  })
})
