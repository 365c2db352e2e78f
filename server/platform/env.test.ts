import { describe, expect, test } from 'vitest'
import { testSecret, testVariables } from '#test/context/test-env.ts'
import { EnvError, readEnv } from './env.ts'

const hosted = testVariables('postgresql://kube9_app:planted-password@db.example:5432/kube9')
const local = { ...hosted, KUBE9_PROFILE: 'local', PORTAL_URL: undefined, API_URL: undefined, BIND_ADDRESS: undefined }

function complaintOf(variables: Record<string, string | undefined>): string {
  try {
    readEnv(variables)
  } catch (error) {
    if (error instanceof EnvError) return error.message
    throw error
  }
  throw new Error('The environment was taken.')
}

describe('readEnv', () => {
  test('leaves what is not configured null, and an empty variable is not set', () => {
    expect(readEnv({ ...hosted, SMTP_URL: '', STRIPE_SECRET_KEY: '' })).toMatchObject({
      smtp: null,
      github: null,
      stripe: null,
      mailbox: null,
      metricsToken: null,
    })
  })

  test('takes the highest version of peppers for the current one', () => {
    const { keyPeppers } = readEnv({ ...hosted, KEY_PEPPERS: `2:${testSecret('two')},1:${testSecret('one')}` })
    expect(keyPeppers.current).toBe(2)
    expect(new Set(keyPeppers.byVersion.keys())).toEqual(new Set([1, 2]))
  })

  test('binds 127.0.0.1 in local, and derives addresses of this machine from the ports', () => {
    expect(readEnv({ ...local, PORTAL_PORT: '3100', API_PORT: '4100' })).toMatchObject({
      bindAddress: '127.0.0.1',
      addresses: {
        portal: 'http://localhost:3100',
        api: 'http://localhost:4100',
        charts: 'http://localhost:3100/charts',
      },
    })
  })
})

describe('what is wrong with the environment', () => {
  test.each([
    ['DATABASE_URL', { DATABASE_URL: undefined }, /^DATABASE_URL is missing/],
    ['a database of another kind', { DATABASE_URL: 'mysql://db/kube9' }, /^DATABASE_URL is not a PostgreSQL address/],
    ['peppers', { KEY_PEPPERS: undefined }, /^KEY_PEPPERS is missing.*openssl/],
    ['a pepper that is short', { KEY_PEPPERS: '1:c2hvcnQ=' }, /^KEY_PEPPERS is not of the form/],
    [
      'two peppers of one version',
      { KEY_PEPPERS: `1:${testSecret('a')},1:${testSecret('b')}` },
      /^KEY_PEPPERS is not of the form/,
    ],
    ['a short secret', { AUTH_SECRET: 'planted-short-secret' }, /^AUTH_SECRET is too short/],
    ['a signing secret', { SIGNING_SECRET: undefined }, /^SIGNING_SECRET is missing/],
    ['an unknown profile', { KUBE9_PROFILE: 'production' }, /^KUBE9_PROFILE is neither local nor hosted/],
    ['a port that is none', { API_PORT: '70000' }, /^API_PORT is not a port number/],
    ['a pace above a minute', { HEARTBEAT_SECONDS: '61' }, /^HEARTBEAT_SECONDS is above 60 seconds/],
    ['collections without a pause', { COLLECTION_SECONDS: '0' }, /^COLLECTION_SECONDS is below 1 second/],
    ['an editor that has no origin', { EDITOR_ORIGINS: 'vscode:planted' }, /^EDITOR_ORIGINS holds something/],
    ['half of a pair', { SMTP_URL: 'smtp://mail.example:25' }, /^MAIL_FROM is missing\. SMTP_URL is set/],
    ['a portal on plain http', { PORTAL_URL: 'http://app.kube9.example' }, /^PORTAL_URL is plain http/],
    ['no portal address', { PORTAL_URL: undefined }, /^PORTAL_URL is missing/],
    ['the development mailbox in hosted', { MAILBOX_DIR: '/tmp/mail' }, /^MAILBOX_DIR is for the local profile alone/],
  ])('says in one line what to do about %s', (_name, change, line) => {
    const complaint = complaintOf({ ...hosted, ...change })
    expect(complaint).toMatch(line)
    expect(complaint).not.toContain('\n')
    expect(complaint).not.toContain('planted')
  })

  test.each([
    ['an address beyond this machine', { BIND_ADDRESS: '0.0.0.0' }, /^BIND_ADDRESS reaches beyond this machine/],
    [
      'a portal elsewhere',
      { PORTAL_URL: 'https://app.kube9.example' },
      /^PORTAL_URL is not an address of this machine/,
    ],
    ['an API elsewhere', { API_URL: 'http://192.168.1.4:4000' }, /^API_URL is not an address of this machine/],
  ])('refuses in local %s', (_name, change, line) => {
    expect(complaintOf({ ...local, ...change })).toMatch(line)
  })
})
