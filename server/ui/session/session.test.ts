import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { HostMessage } from '#contract/webview-protocol.ts'
import type { Host } from '../bridge/host.ts'
import { RequestFailed } from '../data/request-failed.ts'
import { Session } from './session.ts'
import type { SessionParts } from './session.ts'

const reference = { teamId: '0197a0f0-0000-7000-8000-000000000001', clusterId: `cls_${'a'.repeat(32)}` }
const other = { teamId: '0197a0f0-0000-7000-8000-000000000002', clusterId: `cls_${'b'.repeat(32)}` }
const CODE = 'c'.repeat(43)

/** A session whose host and server are this test. */
function start(changes: Partial<SessionParts> = {}) {
  const posted: { type: string; challenge?: string }[] = []
  let hear: (message: HostMessage) => void = () => undefined
  const host: Host = {
    post: (message) => void posted.push(message),
    listen: (listener) => {
      hear = listener
      return () => undefined
    },
  }
  let made = 0
  let redeemed = 0
  const redeem = vi.fn<SessionParts['redeem']>(async () => ({
    ...reference,
    accessToken: `token-${++redeemed}`,
    expiresInSeconds: 900,
  }))
  const createChallenge = async () => ({ verifier: `verifier-${++made}`, challenge: `challenge-${made}` })
  const session = new Session({ host, reference, createChallenge, redeem, ...changes })
  session.start()
  const answer = async (challenge: string, ids = reference) => {
    hear({ v: 1, type: 'code', code: CODE, challenge, ...ids })
    await vi.advanceTimersByTimeAsync(0)
  }
  return { session, posted, redeem, answer, hear: (message: HostMessage) => hear(message) }
}

const away: HostMessage = { v: 1, type: 'failed', message: 'The server does not answer.', action: 'retry' }

/** A session that has told of a failure that may pass. */
async function startInVain() {
  const started = start()
  for (const waitMs of [1_000, 3_000, 8_000, 0]) {
    await vi.advanceTimersByTimeAsync(0)
    started.hear(away)
    await vi.advanceTimersByTimeAsync(waitMs)
  }
  return started
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('the handshake', () => {
  it('says hello with a challenge, and redeems the code with the verifier that stayed here', async () => {
    const { session, posted, redeem, answer } = start()
    const token = session.token()
    await vi.advanceTimersByTimeAsync(0)
    expect(posted).toEqual([{ type: 'hello', challenge: 'challenge-1' }])
    await answer('challenge-1')
    expect(redeem).toHaveBeenCalledExactlyOnceWith(CODE, 'verifier-1')
    expect(await token).toBe('token-1')
    expect(session.state.get()).toEqual({ phase: 'open' })
  })

  it('drops a code for another challenge, for another cluster, and a second one for the same challenge', async () => {
    const { redeem, answer } = start()
    await vi.advanceTimersByTimeAsync(0)
    await answer('challenge-0')
    await answer('challenge-1', other)
    await answer('challenge-1', { ...reference, teamId: other.teamId })
    expect(redeem).not.toHaveBeenCalled()
    await answer('challenge-1')
    await answer('challenge-1')
    expect(redeem).toHaveBeenCalledTimes(1)
  })

  it('takes no token that the server gives for another cluster', async () => {
    const redeem = async () => ({ ...other, accessToken: 'token', expiresInSeconds: 900 })
    const { session, answer } = start({ redeem })
    await vi.advanceTimersByTimeAsync(0)
    await answer('challenge-1')
    expect(session.state.get()).toMatchObject({ phase: 'failed', action: 'retry' })
    await expect(session.token()).rejects.toThrow('no access')
  })

  it('says after 35 s that the host does not answer, and not before', async () => {
    const { session } = start()
    const ended = session.token().catch((error: Error) => error.message)
    await vi.advanceTimersByTimeAsync(34_000)
    expect(session.state.get()).toEqual({ phase: 'connecting' })
    await vi.advanceTimersByTimeAsync(1_000)
    expect(session.state.get()).toEqual({ phase: 'silent' })
    expect(await ended).toContain('no access')
  })

  it('takes the answer of a host that had to renew its own token first', async () => {
    const { session, answer } = start()
    await vi.advanceTimersByTimeAsync(22_000)
    await answer('challenge-1')
    expect(session.state.get()).toEqual({ phase: 'open' })
  })

  it('takes the answer of a host that was given up, too', async () => {
    const { session, posted, answer } = start()
    await vi.advanceTimersByTimeAsync(50_000)
    expect(session.state.get()).toEqual({ phase: 'silent' })
    await answer('challenge-1')
    expect(session.state.get()).toEqual({ phase: 'open' })
    await vi.advanceTimersByTimeAsync(600_000)
    expect(posted).toHaveLength(1)
  })

  it('begins again with a silent host about every 30 s while the page is seen, and at once when it is seen again', async () => {
    const { session, posted, answer, hear } = start()
    await vi.advanceTimersByTimeAsync(35_000 + 23_000)
    expect(posted).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(13_000)
    expect([posted.length, session.state.get()]).toEqual([2, { phase: 'silent' }])
    hear({ v: 1, type: 'visibility', visible: false })
    await vi.advanceTimersByTimeAsync(3_600_000)
    expect(posted).toHaveLength(2)
    hear({ v: 1, type: 'visibility', visible: true })
    await vi.advanceTimersByTimeAsync(0)
    await answer('challenge-3')
    expect(session.state.get()).toEqual({ phase: 'open' })
  })

  it('repeats what the host says when it has no code', async () => {
    const { session, hear } = start()
    await vi.advanceTimersByTimeAsync(0)
    hear({ v: 1, type: 'failed', message: 'You are signed out.', action: 'sign-in' })
    expect(session.state.get()).toEqual({ phase: 'failed', message: 'You are signed out.', action: 'sign-in' })
  })

  it('asks for a new code when the server cannot be reached, four times in all, then says so', async () => {
    const redeem = vi.fn<SessionParts['redeem']>(async () => {
      throw RequestFailed.unreachable(null)
    })
    const { session, answer } = start({ redeem })
    for (const challenge of ['challenge-1', 'challenge-2', 'challenge-3', 'challenge-4']) {
      await vi.advanceTimersByTimeAsync(8_000)
      await answer(challenge)
    }
    expect(redeem).toHaveBeenCalledTimes(4)
    expect(session.state.get()).toMatchObject({ phase: 'failed', action: 'retry' })
  })

  it('asks the host again when it could not get a code for now, and shows no failure meanwhile', async () => {
    const { session, posted, answer, hear } = start()
    const token = session.token()
    for (const waitMs of [1_000, 3_000, 8_000]) {
      await vi.advanceTimersByTimeAsync(0)
      hear(away)
      expect(session.state.get()).toEqual({ phase: 'connecting' })
      await vi.advanceTimersByTimeAsync(waitMs)
    }
    expect(posted.at(-1)).toEqual({ type: 'hello', challenge: 'challenge-4' })
    await answer('challenge-4')
    expect(await token).toBe('token-1')
  })

  it('says so where the browser has no cryptography', async () => {
    const { session } = start({ createChallenge: () => Promise.reject(new TypeError('no subtle')) })
    await vi.advanceTimersByTimeAsync(0)
    expect(session.state.get()).toMatchObject({ phase: 'failed', action: 'none' })
  })
})

describe('a failure that may pass', () => {
  const failed = { phase: 'failed', message: 'The server does not answer.', action: 'retry' }

  it('is tried again about every 30 s while the page is seen, and stays on the screen until it has passed', async () => {
    const { session, posted, answer, hear } = await startInVain()
    expect(session.state.get()).toEqual(failed)
    for (const hellos of [5, 6]) {
      await vi.advanceTimersByTimeAsync(23_000)
      expect(posted).toHaveLength(hellos - 1)
      await vi.advanceTimersByTimeAsync(13_000)
      expect([posted.length, session.state.get()]).toEqual([hellos, failed])
      hear(away)
    }
    await vi.advanceTimersByTimeAsync(36_000)
    await answer('challenge-7')
    expect(session.state.get()).toEqual({ phase: 'open' })
    expect(await session.token()).toBe('token-1')
    await vi.advanceTimersByTimeAsync(600_000)
    expect(posted).toHaveLength(7)
  })

  it('of the server is tried again as one of the host is', async () => {
    const redeem = vi.fn<SessionParts['redeem']>(() => Promise.reject(RequestFailed.unreachable(null)))
    const { session, answer } = start({ redeem })
    for (const challenge of ['challenge-1', 'challenge-2', 'challenge-3', 'challenge-4']) {
      await vi.advanceTimersByTimeAsync(8_000)
      await answer(challenge)
    }
    redeem.mockResolvedValue({ ...reference, accessToken: 'token-late', expiresInSeconds: 900 })
    await vi.advanceTimersByTimeAsync(36_000)
    await answer('challenge-5')
    expect(session.state.get()).toEqual({ phase: 'open' })
  })

  it('is not tried again while nobody looks, and is at once when somebody does', async () => {
    const { posted, hear } = await startInVain()
    hear({ v: 1, type: 'visibility', visible: false })
    await vi.advanceTimersByTimeAsync(3_600_000)
    expect(posted).toHaveLength(4)
    hear({ v: 1, type: 'visibility', visible: true })
    await vi.advanceTimersByTimeAsync(0)
    expect(posted.at(-1)).toEqual({ type: 'hello', challenge: 'challenge-5' })
  })

  it('is tried again when a person asks for it, and only once for that', async () => {
    const { session, posted, answer } = await startInVain()
    session.start()
    expect(session.state.get()).toEqual({ phase: 'connecting' })
    await vi.advanceTimersByTimeAsync(0)
    await answer('challenge-5')
    await vi.advanceTimersByTimeAsync(60_000)
    expect([posted.length, session.state.get()]).toEqual([5, { phase: 'open' }])
  })

  it.each(['sign-in', 'none'] as const)(
    'is told apart from one that does not: %s waits for a person',
    async (action) => {
      const { session, posted, hear } = start()
      await vi.advanceTimersByTimeAsync(0)
      hear({ v: 1, type: 'failed', message: 'No.', action })
      expect(session.state.get()).toEqual({ phase: 'failed', message: 'No.', action })
      await vi.advanceTimersByTimeAsync(600_000)
      hear({ v: 1, type: 'visibility', visible: false })
      hear({ v: 1, type: 'visibility', visible: true })
      await vi.advanceTimersByTimeAsync(0)
      expect(posted).toHaveLength(1)
    },
  )
})

describe('a token', () => {
  it('is renewed a minute before it ends, with a new challenge, and serves until then', async () => {
    const { session, posted, answer } = start()
    await vi.advanceTimersByTimeAsync(0)
    await answer('challenge-1')
    await vi.advanceTimersByTimeAsync(840_000)
    expect(posted.at(-1)).toEqual({ type: 'hello', challenge: 'challenge-2' })
    expect(await session.token()).toBe('token-1')
    await answer('challenge-2')
    expect(await session.token()).toBe('token-2')
  })

  it('that cannot be renewed serves until it ends, and is asked for again until then', async () => {
    const { session, posted, answer, hear } = start()
    await vi.advanceTimersByTimeAsync(0)
    await answer('challenge-1')
    await vi.advanceTimersByTimeAsync(840_000)
    hear(away)
    expect(session.state.get()).toEqual({ phase: 'open' })
    expect(await session.token()).toBe('token-1')
    await vi.advanceTimersByTimeAsync(10_000)
    expect(posted.at(-1)).toEqual({ type: 'hello', challenge: 'challenge-3' })
    await answer('challenge-3')
    expect(await session.token()).toBe('token-2')
  })

  it('that ended while the host was silent gives way to the wait for a new one when a person tries again', async () => {
    const { session, answer } = start()
    await vi.advanceTimersByTimeAsync(0)
    await answer('challenge-1')
    await vi.advanceTimersByTimeAsync(960_000)
    expect(session.state.get()).toEqual({ phase: 'silent' })
    session.start()
    expect(session.state.get()).toEqual({ phase: 'connecting' })
    const token = session.token()
    await vi.advanceTimersByTimeAsync(0)
    await answer('challenge-5')
    expect(await token).toBe('token-2')
  })

  it('is not renewed while nobody looks, and is as soon as somebody does', async () => {
    const { posted, answer, hear } = start()
    await vi.advanceTimersByTimeAsync(0)
    await answer('challenge-1')
    hear({ v: 1, type: 'visibility', visible: false })
    await vi.advanceTimersByTimeAsync(3_600_000)
    expect(posted).toHaveLength(1)
    hear({ v: 1, type: 'visibility', visible: true })
    await vi.advanceTimersByTimeAsync(0)
    expect(posted.at(-1)).toEqual({ type: 'hello', challenge: 'challenge-2' })
  })

  it('that is refused is replaced; one that is refused at once, twice, ends it', async () => {
    const { session, posted, answer } = start()
    await vi.advanceTimersByTimeAsync(0)
    await answer('challenge-1')
    session.refuse('token-0')
    await vi.advanceTimersByTimeAsync(0)
    expect(posted).toHaveLength(1)
    session.refuse('token-1')
    await vi.advanceTimersByTimeAsync(0)
    expect(posted).toHaveLength(2)
    await answer('challenge-2')
    session.refuse('token-2')
    expect(session.state.get()).toMatchObject({ phase: 'failed', action: 'sign-in' })
  })
})
