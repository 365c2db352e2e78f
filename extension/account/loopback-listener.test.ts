import { expect, it, onTestFinished } from 'vitest'
import { listenOnLoopback } from './loopback-listener.ts'

async function listening(isExpected: boolean) {
  const heard: URLSearchParams[] = []
  const listener = await listenOnLoopback((query) => {
    heard.push(query)
    return isExpected
  })
  onTestFinished(() => listener.close())
  return { listener, heard }
}

it('hears a callback and leads the browser to an address without the code', async () => {
  const { listener, heard } = await listening(true)
  expect(listener.redirectUri).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/callback$/)
  const answer = await fetch(`${listener.redirectUri}?code=the-code&state=the-state`)
  expect(Object.fromEntries(heard[0] ?? [])).toEqual({ code: 'the-code', state: 'the-state' })
  expect(answer.status).toBe(200)
  expect(answer.url).not.toContain('the-code')
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(await answer.text()).not.toContain('the-code')
})

it('says of an unknown callback only that it is over, and repeats nothing of it', async () => {
  const { listener } = await listening(false)
  const answer = await fetch(`${listener.redirectUri}?code=<script>&state=x`)
  expect(answer.status).toBe(400)
  expect(await answer.text()).not.toContain('<script>')
})

it('answers nothing else', async () => {
  const { listener, heard } = await listening(true)
  const { origin } = new URL(listener.redirectUri)
  expect((await fetch(`${origin}/other?code=1`)).status).toBe(404)
  expect((await fetch(listener.redirectUri, { method: 'POST' })).status).toBe(404)
  expect(heard).toEqual([])
})
