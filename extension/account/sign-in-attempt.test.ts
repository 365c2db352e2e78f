import { createHash } from 'node:crypto'
import { describe, expect, it, vi } from 'vitest'
import { PASTE_REDIRECT, codeVerifierSchema, connectRequestSchema } from '#contract/extension-api.ts'
import { SignInAttempt } from './sign-in-attempt.ts'

const CODE = 'c'.repeat(43)
const WAY = 'code-oss://alto9.kube9-vscode/auth?windowId=1&x=a%20b'

function begun(redirectUri = WAY) {
  const attempt = new SignInAttempt()
  const url = new URL(attempt.connectUrl({ portalUrl: 'https://app.kube9.example', redirectUri, editor: 'An editor' }))
  const request = connectRequestSchema.parse(Object.fromEntries(url.searchParams))
  return { attempt, url, request }
}

const callback = (state: string, more: Record<string, string> = { code: CODE }) =>
  new URLSearchParams({ state, ...more })

describe('a sign-in attempt', () => {
  it('asks by the contract, with the way back as it is and without its verifier', async () => {
    const { attempt, url, request } = begun()
    expect(url.pathname).toBe('/connect/vscode')
    expect(request.redirect_uri).toBe(WAY)

    attempt.receive(callback(request.state))
    const { codeVerifier } = await attempt.answer

    expect(url.href).not.toContain(codeVerifier)
    expect(codeVerifierSchema.safeParse(codeVerifier).success).toBe(true)
    expect(createHash('sha256').update(codeVerifier).digest('base64url')).toBe(request.code_challenge)
  })

  it('gives the code with the way by which it came', async () => {
    const { attempt } = begun()
    const port = 'http://127.0.0.1:4711/callback'
    const second = new URL(
      attempt.connectUrl({ portalUrl: 'https://app.kube9.example', redirectUri: port, editor: 'x' }),
    )
    expect(attempt.receive(callback(second.searchParams.get('state') ?? ''))).toBe(true)
    expect(await attempt.answer).toMatchObject({ code: CODE, redirectUri: port })
  })

  it('ignores a state that it did not make, and goes on waiting', async () => {
    const { attempt, request } = begun()
    expect(attempt.receive(callback('s'.repeat(43)))).toBe(false)
    expect(attempt.receive(new URLSearchParams({ code: CODE }))).toBe(false)
    expect(attempt.isOpen).toBe(true)
    expect(attempt.receive(callback(request.state))).toBe(true)
    await expect(attempt.answer).resolves.toMatchObject({ code: CODE })
  })

  it('ignores an answer that has not the form of a code', () => {
    const { attempt, request } = begun()
    expect(attempt.receive(callback(request.state, { code: 'short' }))).toBe(false)
    expect(attempt.paste('two words')).toBe(false)
    expect(attempt.isOpen).toBe(true)
  })

  it('counts the first answer alone', async () => {
    const { attempt, request } = begun()
    attempt.receive(callback(request.state))
    expect(attempt.receive(callback(request.state, { code: 'd'.repeat(43) }))).toBe(false)
    expect(attempt.paste('e'.repeat(43))).toBe(false)
    expect(attempt.end('expired')).toBe(false)
    expect((await attempt.answer).code).toBe(CODE)
  })

  it('takes a pasted code, with the spaces that came along', async () => {
    const { attempt } = begun(PASTE_REDIRECT)
    expect(attempt.paste(` ${CODE}\n`)).toBe(true)
    expect(await attempt.answer).toMatchObject({ code: CODE, redirectUri: PASTE_REDIRECT })
  })

  it('ends as denied when the portal says so, and hears nothing afterwards', async () => {
    const { attempt, request } = begun()
    expect(attempt.receive(callback(request.state, { error: 'access_denied' }))).toBe(true)
    expect(attempt.receive(callback(request.state))).toBe(false)
    await expect(attempt.answer).rejects.toMatchObject({ end: 'denied' })
  })

  it('waits for two minutes and no longer, and an answer in time stops the clock', async () => {
    vi.useFakeTimers()
    try {
      const [late, prompt] = [begun(), begun()]
      vi.advanceTimersByTime(119_000)
      expect([late.attempt.isOpen, prompt.attempt.receive(callback(prompt.request.state))]).toEqual([true, true])
      vi.advanceTimersByTime(1_000)
      expect(late.attempt.receive(callback(late.request.state))).toBe(false)
      await expect(late.attempt.answer).rejects.toMatchObject({ end: 'expired' })
      await expect(prompt.attempt.answer).resolves.toMatchObject({ code: CODE })
      expect(vi.getTimerCount()).toBe(0)
    } finally {
      vi.useRealTimers()
    }
  })
})
