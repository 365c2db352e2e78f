import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createPseudonymizer } from '#contract/pseudonyms.ts'
import type { PageMessage } from '#contract/webview-protocol.ts'
import { SignedOutError } from '../../account/account.ts'
import type { EditorAccount } from '../../account/account.ts'
import { ServerError } from '../../account/server-error.ts'
import { Change } from '../../change.ts'
import type { Cluster } from '../../cluster/cluster.ts'
import type { Standing } from '../../cluster/standing.ts'
import { namedLists } from '../../names/named-lists.ts'
import { RecordedApi } from '../../names/recorded-api.ts'
import type { Page } from '../frame/page.ts'
import { ProSession } from './pro-session.ts'
import type { FromOuter, ToOuter } from './protocol.ts'

const target = {
  context: 'prod',
  teamId: '0199a1b0-0000-7000-8000-000000000001',
  clusterId: `cls_${'1'.repeat(32)}`,
}
const challenge = 'c'.repeat(43)
const hello: PageMessage = { v: 1, type: 'hello', challenge }

function open() {
  const posted: ToOuter[] = []
  const closing = new AbortController()
  let hear: (message: FromOuter) => void = () => undefined
  let see: (visible: boolean) => void = () => undefined
  const page: Page<ToOuter, FromOuter> = {
    visible: true,
    closed: closing.signal,
    post: (message) => void posted.push(message),
    onMessage: (listener) => {
      hear = listener
      return { dispose: () => (hear = () => undefined) }
    },
    onVisibility: (listener) => {
      see = listener
      return { dispose: () => undefined }
    },
  }
  const changed = new Change()
  const account = {
    current: { userId: 'one' },
    changed,
    signIn: vi.fn<() => Promise<boolean>>().mockResolvedValue(true),
    server: { issueWebviewCode: vi.fn<(input: unknown) => Promise<unknown>>().mockResolvedValue({ code: 'the-code' }) },
  }
  const cluster = {
    standing: { mode: 'connecting' } as Standing,
    api: new RecordedApi({}),
    operatorNamespace: 'kube9-system',
  }
  const opened: string[] = []
  const session = new ProSession(target, {
    account: account as unknown as EditorAccount,
    page,
    cluster: () => cluster as unknown as Cluster,
    isGone: () => false,
    mend: { run: vi.fn<() => void>(), words: (mend) => mend },
    openLink: (url) => void opened.push(url),
  })
  const say = (message: PageMessage) => hear({ v: 1, type: 'relay', message })
  const relayed = () => posted.flatMap((message) => (message.type === 'relay' ? [message.message] : []))
  return {
    session,
    posted,
    relayed,
    say,
    hear: (message: FromOuter) => hear(message),
    see: (visible: boolean) => see(visible),
    account,
    cluster,
    opened,
    closing,
  }
}

let room: ReturnType<typeof open>
beforeEach(() => {
  room = open()
})

describe('the host of a Pro page', () => {
  it('answers hello with a code for its own cluster and this challenge', async () => {
    room.say(hello)
    await vi.waitFor(() => expect(room.relayed().at(-1)?.type).toBe('code'))
    const { teamId, clusterId } = target
    expect(room.account.server.issueWebviewCode).toHaveBeenCalledWith({ teamId, clusterId, challenge })
    expect(room.relayed().at(-1)).toEqual({ v: 1, type: 'code', code: 'the-code', challenge, teamId, clusterId })
  })

  it.each([
    [new SignedOutError(), 'sign-in'],
    [new ServerError('away', 'It is away.'), 'retry'],
    [new ServerError('refused', 'Not yours.'), 'none'],
    [new Error('secret detail'), 'retry'],
  ])('says what is wrong when there is no code: %s', async (error, action) => {
    room.account.server.issueWebviewCode.mockRejectedValue(error)
    room.say(hello)
    await vi.waitFor(() => expect(room.relayed().at(-1)).toMatchObject({ type: 'failed', action }))
    expect(JSON.stringify(room.posted)).not.toContain('secret detail')
  })

  it('begins the page anew when somebody else is signed in, and only then', async () => {
    room.account.changed.fire()
    expect(room.posted).toEqual([])
    room.say(hello)
    await vi.waitFor(() => expect(room.relayed().at(-1)?.type).toBe('code'))
    room.account.changed.fire()
    expect(room.posted).not.toContainEqual({ v: 1, type: 'reload' })
    room.account.current = { userId: 'other' }
    room.account.changed.fire()
    expect(room.posted.at(-1)).toEqual({ v: 1, type: 'reload' })
  })

  it('says at once when the cluster stops being enabled, with the button that mends it', () => {
    room.cluster.standing = { mode: 'degraded', reason: 'The key was refused.', mend: 'create-key', status: null }
    room.session.announce()
    expect(room.posted.at(-1)).toEqual({
      v: 1,
      type: 'notice',
      notice: { text: 'The key was refused.', button: 'create-key' },
    })
    room.cluster.standing = { mode: 'connecting' }
    room.session.announce()
    expect(room.posted.at(-1)).toMatchObject({ notice: null })
  })

  it('tells the page when its tab is hidden and shown', () => {
    room.see(false)
    expect(room.relayed().at(-1)).toEqual({ v: 1, type: 'visibility', visible: false })
  })

  it('finds the names of objects that came since its page asked before', async () => {
    const salt = 'ab'.repeat(32)
    const { saltId } = await createPseudonymizer(salt)
    const pods = ['web-1']
    room.cluster.api = new RecordedApi({
      'GET /api/v1/namespaces/kube9-system/secrets/kube9-operator-names': () => ({
        data: { salt: Buffer.from(salt).toString('base64') },
      }),
      ...Object.fromEntries(
        namedLists.map(({ group, resource }) => [
          `GET ${group === '' ? '/api/v1' : `/apis/${group}/v1`}/${resource}`,
          () => ({ items: resource === 'pods' ? pods.map((name) => ({ metadata: { namespace: 'a', name } })) : [] }),
        ]),
      ),
    })
    const given = () =>
      room.relayed().flatMap((message) => (message.type === 'names' ? Object.values(message.names) : []))
    const done = () => room.relayed().filter((message) => message.type === 'names' && message.done).length
    room.say({ v: 1, type: 'names-wanted', saltId })
    await vi.waitFor(() => expect(done()).toBe(1))
    pods.push('web-2')
    room.say({ v: 1, type: 'names-wanted', saltId })
    await vi.waitFor(() => expect(done()).toBe(2))
    expect(given()).toContainEqual({ namespace: 'a', name: 'web-2' })
  })

  it('hands links on, and asks to sign in when the page wants that', () => {
    room.say({ v: 1, type: 'open-link', url: 'https://elsewhere.example/x?y=a%20b' })
    expect(room.opened).toEqual(['https://elsewhere.example/x?y=a%20b'])
    room.say({ v: 1, type: 'sign-in' })
    expect(room.account.signIn).toHaveBeenCalledOnce()
  })

  it('hears nothing once its tab is closed', () => {
    room.closing.abort()
    room.say({ v: 1, type: 'sign-in' })
    expect(room.account.signIn).not.toHaveBeenCalled()
  })
})
