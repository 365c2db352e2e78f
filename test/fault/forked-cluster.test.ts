import { afterAll, beforeAll, expect, test } from 'vitest'
import { clusterIdOf } from '#contract/cluster-identity.ts'
import { CLUSTER_TOKEN_HEADER } from '#contract/headers.ts'
import { heartbeatResponseSchema, registerResponseSchema } from '#contract/operator-api.ts'
import { connectCluster } from '#test/journey/connect.ts'
import type { Connected } from '#test/journey/connect.ts'
import { startHouse } from '#test/journey/house.ts'
import type { House } from '#test/journey/house.ts'
import { isPro, readStatus, waitForStatus } from '#test/journey/operator-view.ts'
import { waitForClusterState } from '#test/journey/visitor.ts'
import { waitFor } from '../stack/wait-for.ts'

let house: House
let connected: Connected

beforeAll(async () => {
  house = await startHouse()
  connected = await connectCluster(house)
})
afterAll(() => house?.stop())

test('a key that registers another’s live cluster is forked, and neither is disturbed', async () => {
  const live = await waitForStatus(house.cluster, 'pro', isPro)
  const instanceId = crypto.randomUUID()
  const uid = await house.cluster.kubectl(['get', 'namespace', 'kube-system', '-o=jsonpath={.metadata.uid}'])
  const clusterIdentifier = `sha256:${await sha256(uid)}`
  expect(live.clusterId).toBe(clusterIdOf(clusterIdentifier))

  const fork = registerResponseSchema.parse(
    await call('/v1/operator/register', {
      body: {
        operatorVersion: '0.1.0',
        clusterIdentifier,
        kubernetesVersion: 'v1.35.4',
        approximateNodeCount: 3,
        instanceId,
      },
    }),
  )
  expect(fork.clusterId).not.toBe(live.clusterId)
  const { clusterToken = '' } = fork
  for (const sequence of [1, 2, 3]) {
    const beat = await call('/v1/operator/heartbeat', {
      clusterToken,
      body: {
        clusterId: fork.clusterId,
        instanceId,
        sequence,
        health: 'healthy',
        conditions: [],
        operatorVersion: '0.1.0',
        kubernetesVersion: 'v1.35.4',
        nodeCount: 3,
      },
    })
    expect(heartbeatResponseSchema.parse(beat).nextHeartbeatSeconds).toBeGreaterThan(0)
  }

  const beatsBefore = (await readStatus(house.cluster)).lastHeartbeat
  const later = await waitForStatus(
    house.cluster,
    'two beats further',
    (status) => isPro(status) && status.lastHeartbeat !== beatsBefore,
  )
  expect(later.clusterId).toBe(live.clusterId)
  const told = await waitFor('a mail to the owner about the fork', () =>
    house.stack.mail.mails.find(({ to, subject }) => to === connected.visitor.email && /second operator/.test(subject)),
  )
  const { page } = house.visit
  await page.goto(/http\S+\/clusters\/\S+/.exec(told.text)?.[0] ?? '')
  await waitForClusterState(page, 'healthy')
  expect(await page.content()).toContain(fork.clusterId)
})

async function call(path: string, request: { body: unknown; clusterToken?: string }): Promise<unknown> {
  const answer = await fetch(house.stack.apiOrigin + path, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${connected.key}`,
      ...(request.clusterToken ? { [CLUSTER_TOKEN_HEADER]: request.clusterToken } : {}),
    },
    body: JSON.stringify(request.body),
  })
  expect(answer.status).toBe(200)
  return answer.json()
}

async function sha256(text: string): Promise<string> {
  return Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(text))).toString('hex')
}
