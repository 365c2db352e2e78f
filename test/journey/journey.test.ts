import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connectCluster } from './connect.ts'
import type { Connected } from './connect.ts'
import { NAMESPACE, startHouse } from './house.ts'
import type { House } from './house.ts'
import { listObjects } from './object-list.ts'
import { isPro, operatorPod, readDashboard, readStatus, replaceKey, waitForStatus } from './operator-view.ts'
import { collectTraces } from './traces.ts'
import { copy, newVisitor, signUp, waitForClusterState } from './visitor.ts'

/** Each step stands on the one before it, as it does for a person. */
describe('the journey', () => {
  let house: House
  let connected: Connected
  let clusterId: string
  let nextKey: string
  let objectsBefore: string[]
  let podAtFirst: { uid: string }

  beforeAll(async () => {
    house = await startHouse()
    objectsBefore = await listObjects(house.cluster.kubectl)
  })
  afterAll(() => house?.stop())

  test('from sign-up to green, without a reload, by the command that the page shows', async () => {
    connected = await connectCluster(house)
    await house.visit.page.getByRole('link', { name: 'Open the cluster' }).click()
    await waitForClusterState(house.visit.page, 'healthy')
    expect(house.visit.faults).toEqual([])
  })

  test('the ConfigMaps say enabled and pro, with the counts of this cluster', async () => {
    const status = await waitForStatus(
      house.cluster,
      'pro',
      (candidate) => isPro(candidate) && candidate.lastHeartbeat !== null,
    )
    expect(status).toMatchObject({
      mode: 'enabled',
      tier: 'pro',
      registered: true,
      apiKeyConfigured: true,
      error: null,
    })
    expect(status.entitlement).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/)
    const dashboard = await readDashboard(house.cluster)
    expect(dashboard.nodes).toMatchObject({ totalNodes: 1, readyNodes: 1 })
    expect(dashboard.workloads.deployments).toBe(1)
    podAtFirst = await operatorPod(house.cluster)
    clusterId = status.clusterId ?? ''
    expect(await house.visit.page.content()).toContain(clusterId)
  })

  test('within a minute of the key’s revocation the operator is degraded with the reason, and the portal shows it', async () => {
    const { page } = house.visit
    const clusterPage = page.url()
    await page.goto(`${house.stack.portalUrl}/${connected.team}/api-keys`)
    await page.getByRole('button', { name: 'Revoke journey' }).click()
    await page.getByRole('button', { name: 'Revoke key' }).click()
    const status = await waitForStatus(house.cluster, 'degraded', ({ health }) => health === 'degraded', 60_000)
    expect(status).toMatchObject({ mode: 'enabled', tier: 'free', registered: false })
    expect(status.error).toContain(house.stack.portalUrl)
    expect(status).not.toHaveProperty('entitlement')
    expect(status.conditions).toContainEqual(
      expect.objectContaining({ type: 'ApiKeyAccepted', status: 'False', reason: 'KeyRefused' }),
    )
    const secrets = await house.cluster.kubectl(['get', 'secrets', '-n', NAMESPACE, '-o=json'])
    expect(decodedValues(secrets).filter((value) => value.includes('eyJ') && value.includes('entitlement'))).toEqual([])
    await page.goto(clusterPage)
    await waitForClusterState(page, 'refused')
    await page.getByText('The server refuses this cluster.').waitFor()
  })

  test('a new key in the Secret brings it back without a restart', async () => {
    const { page } = house.visit
    const clusterPage = page.url()
    await page.goto(`${house.stack.portalUrl}/${connected.team}/api-keys`)
    await page.getByRole('button', { name: 'Create key' }).click()
    await page.getByLabel('Name of the key').fill('second')
    await page.getByRole('button', { name: 'Create key' }).click()
    nextKey = await copy(page, 'Copy key')
    await page.getByRole('button', { name: 'Done' }).click()
    await page.goto(clusterPage)
    await replaceKey(house.cluster, nextKey)
    await waitForStatus(house.cluster, 'pro again', isPro)
    await waitForClusterState(page, 'healthy')
    expect(await operatorPod(house.cluster)).toMatchObject({ uid: podAtFirst.uid, restarts: 0 })
  })

  test('no key, password or token is in any log, address, page, metric or ConfigMap of the whole run', async () => {
    const secrets = [connected.key, nextKey, connected.visitor.password, ...secretsOf(house)]
    const traces = await collectTraces(house)
    const holding = traces.filter(({ text }) =>
      secrets.some((secret) => text.includes(secret) || text.includes(encodeURIComponent(secret))),
    )
    expect(traces.length).toBeGreaterThan(15)
    expect(holding.map(({ where }) => where)).toEqual([])
  })

  test('uninstall leaves nothing in the cluster, and the portal says that the cluster said goodbye', async () => {
    await house.cluster.helm(['uninstall', 'kube9-operator', '--namespace', NAMESPACE, '--wait'])
    await house.cluster.kubectl(['wait', '--for=delete', 'pod', '--all', '-n', NAMESPACE, '--timeout=60s'])
    await waitForClusterState(house.visit.page, 'goodbye')
    await expect.poll(() => listObjects(house.cluster.kubectl)).toEqual(objectsBefore)
  })

  test('a second person sees nothing of the first one’s', async () => {
    const { page } = house.visit
    const clusterPage = page.url()
    await page.context().clearCookies()
    await signUp(page, house.stack.portalUrl, newVisitor(), house.stack.mail)
    await page.goto(clusterPage)
    await page.getByText('There is nothing at this address').waitFor()
    expect(await page.content()).not.toContain(clusterId)
    expect(await readStatus(house.cluster).catch(() => 'gone')).toBe('gone')
  })
})

function secretsOf(house: House): string[] {
  const { KEY_PEPPERS = '', AUTH_SECRET = '', SIGNING_SECRET = '' } = house.stack.env
  return [KEY_PEPPERS.slice(2), AUTH_SECRET, SIGNING_SECRET, new URL(house.stack.database.appUrl).password]
}

function decodedValues(secretListJson: string): string[] {
  const { items } = JSON.parse(secretListJson) as { items: { data?: Record<string, string> }[] }
  return items.flatMap(({ data }) =>
    Object.values(data ?? {}).map((value) => Buffer.from(value, 'base64').toString('utf8')),
  )
}
