import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startCluster } from '#scripts/cluster/start-cluster.ts'
import type { Cluster } from '#scripts/cluster/start-cluster.ts'
import { NAMESPACE } from '#test/journey/house.ts'
import { operatorPod, waitForStatus } from '#test/journey/operator-view.ts'

const path = (file: string) => fileURLToPath(new URL(`../../${file}`, import.meta.url))

/** Longer than two rounds of everything that an operator does by itself. */
const WATCHED_MS = 25_000

let cluster: Cluster

beforeAll(async () => {
  cluster = await startCluster({ images: { 'ghcr.io/alto9/kube9-operator': { rootfs: path('dist/operator/rootfs') } } })
  const chart = path('charts/kube9-operator')
  const fast = ['--set', 'statusUpdateIntervalSeconds=10']
  await cluster.helm([
    'install',
    'kube9-operator',
    chart,
    '--namespace',
    NAMESPACE,
    '--create-namespace',
    '--wait',
    ...fast,
  ])
})
afterAll(() => cluster?.stop())

test('without a key not one packet leaves the operator but to the API server of its own cluster', async () => {
  await waitForStatus(
    cluster,
    'operated',
    ({ mode, tier, health }) => mode === 'operated' && tier === 'free' && health === 'healthy',
  )
  const { name, restarts } = await operatorPod(cluster)
  await delay(WATCHED_MS)
  const traffic = await cluster.podTraffic({ namespace: NAMESPACE, pod: name })
  expect(traffic.tcpToApiServer).toBeGreaterThan(0)
  expect(traffic.tcpConnectsAttempted).toBe(traffic.tcpToApiServer)
  expect(traffic).toMatchObject({ tcpToOthers: {}, udpSent: 0, icmpSent: 0, ipv6Sent: 0 })
  expect((await operatorPod(cluster)).restarts).toBe(restarts)
})
