import { describe, expect, it } from 'vitest'
import { localPath } from './local-path.ts'

describe('where to go after signing in', () => {
  it.each([
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    'javascript:alert(1)',
    '/\tevil',
    '/a/..//evil.example',
    '/a/../\\evil.example',
    '/a/..\\\\evil.example',
    '/a/%2e%2e//evil.example',
    '/a/b/../..///evil.example/c',
    '',
    undefined,
    ['/a', '/b'],
  ])('never leads away from this site: %j', (value) => {
    expect(localPath(value, '/home')).toBe('/home')
  })

  it('keeps a path with its query', () => {
    expect(localPath('/acme/onboarding?key=1', '/home')).toBe('/acme/onboarding?key=1')
  })
})
