import { expect, test } from 'vitest'
import { testEnv } from '#test/context/test-env.ts'
import { describeConnection } from './describe-connection.ts'

const EDITOR_ORIGINS = 'https://editor.example.com'
const ctx = { env: testEnv('postgresql://kube9_app@127.0.0.1:9/none', { EDITOR_ORIGINS }) }
const query = {
  redirect_uri: 'vscode://alto9.kube9-vscode/auth?windowId=1',
  state: 's'.repeat(43),
  code_challenge: 'c'.repeat(43),
  code_challenge_method: 'S256',
  editor: ' Visual Studio Code ',
}

test('a whole request is described, with where a refusal leads', () => {
  expect(describeConnection(ctx, query)).toEqual({
    ok: true,
    request: { ...query, editor: 'Visual Studio Code' },
    destination: { kind: 'app', scheme: 'vscode' },
    denyTo: `${query.redirect_uri}&error=access_denied&state=${query.state}`,
  })
  const paste = { ...query, redirect_uri: 'urn:kube9:paste' }
  expect(describeConnection(ctx, paste)).toMatchObject({ ok: true, denyTo: null })
})

test.each([
  ['no state', { state: undefined }],
  ['a state that can be guessed', { state: '1' }],
  ['a state that could say more than itself', { state: `${'s'.repeat(40)}&code=x` }],
  ['no challenge', { code_challenge: undefined }],
  ['a challenge in clear', { code_challenge_method: 'plain' }],
  ['two addresses', { redirect_uri: [query.redirect_uri, 'https://evil.example.com/'] }],
])('a request with %s is not complete', (_what, change) => {
  expect(describeConnection(ctx, { ...query, ...change })).toMatchObject({ ok: false, fault: 'incomplete' })
})

test('an address that is not allowed is answered with those that are, and with none to go to', () => {
  const proposal = describeConnection(ctx, { ...query, redirect_uri: 'https://evil.example.com/callback' })
  expect(proposal).toMatchObject({ fault: 'destination', allowed: { origins: [EDITOR_ORIGINS] } })
  expect(JSON.stringify(proposal)).not.toContain('evil')
})

test.each(['', 'x'.repeat(65), 'Code\u202Eedoc', 'Code\u0000', 'two\nlines', undefined])(
  'an editor that calls itself %j is called an editor',
  (editor) => {
    expect(describeConnection(ctx, { ...query, editor })).toMatchObject({ request: { editor: 'An editor' } })
  },
)
