import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { Cluster, KubeContext } from './cluster.ts'
import { detectAll } from './detect-all.ts'

function clusterOf(name: string, answerMs: number, more: Partial<KubeContext> = {}) {
  const context = {
    name,
    cluster: name,
    user: '',
    namespace: null,
    server: '',
    isCurrent: false,
    hasPlugin: false,
    ...more,
  }
  const cluster = {
    context,
    standing: { mode: 'unseen' },
    connected: false,
    begun: 0,
    async connect() {
      cluster.begun++
      await delay(answerMs, undefined, { ref: false })
      cluster.connected = true
    },
  }
  return cluster
}

test('one cluster that does not answer delays none of 50', async () => {
  const clusters = Array.from({ length: 50 }, (_, at) => clusterOf(`c${at}`, at === 3 ? 3_600_000 : 20))
  void detectAll(clusters as unknown as Cluster[])
  const waiting = () => clusters.filter(({ connected }) => !connected).map(({ context }) => context.name)
  await expect.poll(waiting).toEqual(['c3'])
})

test('at most 8 are asked at once, the current context first', async () => {
  const clusters = Array.from({ length: 20 }, (_, at) => clusterOf(`c${at}`, 50, { isCurrent: at === 15 }))
  const over = detectAll(clusters as unknown as Cluster[])
  await delay(10)
  const begun = clusters.filter((cluster) => cluster.begun > 0).map(({ context }) => context.name)
  expect(begun).toEqual(['c0', 'c1', 'c2', 'c3', 'c4', 'c5', 'c6', 'c15'])
  await over
  expect(clusters.every((cluster) => cluster.begun === 1)).toBe(true)
})

test('no credential plugin runs unless a person opens its cluster, or it is the current context', async () => {
  const clusters = [
    clusterOf('plugin', 1, { hasPlugin: true }),
    clusterOf('current', 1, { hasPlugin: true, isCurrent: true }),
    clusterOf('plain', 1),
  ]
  await detectAll(clusters as unknown as Cluster[])
  expect(clusters.map((cluster) => cluster.begun)).toEqual([0, 1, 1])
})
