import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { install } from '#test/journey/connect.ts'
import { NAMESPACE, startHouse } from '#test/journey/house.ts'
import type { House } from '#test/journey/house.ts'
import { isPro, operatorPod, readStatus, waitForStatus } from '#test/journey/operator-view.ts'
import {
  copyInstallCommand,
  nameKey,
  newVisitor,
  signUp,
  waitForClusterState,
  waitForConnection,
} from '#test/journey/visitor.ts'
import { waitFor } from '../stack/wait-for.ts'

const DATABASE_AWAY_MS = 30_000

/** After half a minute of failures the jittered backoff may have grown to a minute or two. */
const LONGEST_RETRY_MS = 150_000

/** One cluster and one operator, under faults one after the other. */
describe('an operator under outages', () => {
  let house: House

  beforeAll(async () => {
    house = await startHouse()
  })
  afterAll(() => house?.stop())

  test('a server that is killed with -9 in the middle of the journey and started again does not stop it', async () => {
    const { page } = house.visit
    const { api, portalUrl, mail } = house.stack
    await signUp(page, portalUrl, newVisitor(), mail)
    const key = await nameKey(page, 'outages')
    const command = await copyInstallCommand(page)
    await api.kill('SIGKILL')
    const installed = install(house, command, key)
    const status = await waitForStatus(house.cluster, 'aware of the server’s absence', ({ conditions }) =>
      conditions.some(({ type, status: state }) => type === 'ServerReachable' && state === 'False'),
    )
    expect(status).toMatchObject({ mode: 'enabled', registered: false })
    await api.start()
    await installed
    await waitForConnection(page, 'connected')
    await page.getByRole('link', { name: 'Open the cluster' }).click()
    await waitForClusterState(page, 'healthy')
  })

  test('PostgreSQL stopped for 30 s: the operator stays pro, is never told that its key is bad, and recovers by itself', async () => {
    await waitForStatus(house.cluster, 'pro', isPro)
    const answersBefore = house.stack.api.output.length
    await house.stack.database.stop()
    const until = Date.now() + DATABASE_AWAY_MS
    while (Date.now() < until) {
      expect(await readStatus(house.cluster)).toMatchObject({
        mode: 'enabled',
        tier: 'pro',
        registered: true,
        health: 'healthy',
      })
      await delay(1_000)
    }
    expect(serverReachable(await readStatus(house.cluster))).toBe('False')
    await house.stack.database.start()
    const beat = (await readStatus(house.cluster)).lastHeartbeat
    await waitForStatus(
      house.cluster,
      'in touch again',
      (status) => status.lastHeartbeat !== beat && serverReachable(status) === 'True',
      LONGEST_RETRY_MS,
    )
    const answers = house.stack.api.output.slice(answersBefore)
    expect(answers).toContain('503')
    expect(answers).not.toMatch(/"(status|statusCode)":401/)
    await waitForClusterState(house.visit.page, 'healthy')
  })

  test('an operator that restarts while the server is away is still pro', async () => {
    await house.stack.api.kill('SIGKILL')
    const before = await operatorPod(house.cluster)
    await house.cluster.kubectl(['delete', 'pod', before.name, '-n', NAMESPACE, '--wait=true'])
    const after = await waitFor('another operator pod', async () => {
      const pod = await operatorPod(house.cluster)
      return pod.uid !== before.uid && pod
    })
    await house.cluster.kubectl([
      'wait',
      '--for=condition=Ready',
      `pod/${after.name}`,
      '-n',
      NAMESPACE,
      '--timeout=60s',
    ])
    const status = await waitForStatus(
      house.cluster,
      'pro without the server',
      (candidate) => isPro(candidate) && serverReachable(candidate) === 'False',
    )
    expect(status.entitlement).toBeDefined()
    await house.stack.api.start()
    await waitForStatus(
      house.cluster,
      'in touch again',
      (candidate) => isPro(candidate) && serverReachable(candidate) === 'True',
      LONGEST_RETRY_MS,
    )
  })
})

function serverReachable(status: Awaited<ReturnType<typeof readStatus>>): string | undefined {
  return status.conditions.find(({ type }) => type === 'ServerReachable')?.status
}
