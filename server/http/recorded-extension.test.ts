import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import {
  clusterEventsSchema,
  clusterReportSchema,
  configurationReportSchema,
  healthHistorySchema,
  nodesReportSchema,
  workloadsReportSchema,
} from '#contract/cluster-report.ts'
import {
  accountSchema,
  clusterStandingSchema,
  installationKeySchema,
  webviewCodeSchema,
} from '#contract/extension-api.ts'
import { clusterSummarySchema } from '#contract/portal-api.ts'
import { extensionRouter } from '#server/trpc/extension-router.ts'
import { openPage } from '#test/context/extension-client.ts'
import { askApi, startApi } from '#test/context/start-api.ts'
import type { TestApi } from '#test/context/start-api.ts'
import { TestCluster } from '#test/context/test-cluster.ts'
import { clusterMetadata, configurationPatterns, resourceInventory } from '#test/context/test-collections.ts'
import { connectEditor, ownerInBrowser } from '#test/context/test-editor.ts'
import { TestWorld } from '#test/context/test-world.ts'
import { recordedRequests } from './recorded/extension-0.1.ts'
import type { RecordedName } from './recorded/extension-0.1.ts'

/** What each is answered with, as the extension that sent it reads it. */
const answers: Record<RecordedName, z.ZodType> = {
  'account.read': accountSchema,
  'clusters.list': z.array(clusterSummarySchema).min(1),
  'clusters.standing': clusterStandingSchema,
  'installations.createKey': installationKeySchema,
  'webviews.issueCode': webviewCodeSchema,
  'reports.cluster': clusterReportSchema,
  'reports.health': healthHistorySchema,
  'reports.nodes': nodesReportSchema.unwrap(),
  'reports.workloads': workloadsReportSchema.unwrap(),
  'reports.configuration': configurationReportSchema.unwrap(),
  'reports.events': clusterEventsSchema.min(1),
}

let world: TestWorld
let api: TestApi
let tokens: { editor: string; page: string }
let fill: (text: string) => string
beforeAll(async () => {
  world = await TestWorld.create()
  api = await startApi(world)
  const team = await world.createTeam()
  const cluster = await TestCluster.register(world, team)
  for (const collection of [clusterMetadata(), resourceInventory(), configurationPatterns()])
    await cluster.collect(collection)
  const reference = { teamId: team.id, clusterId: cluster.clusterId }
  const { accessToken } = await connectEditor(world, await ownerInBrowser(world, team))
  tokens = { editor: accessToken, page: await openPage(api, accessToken, reference) }
  fill = (text) => text.replace(/<team>|%3Cteam%3E/g, team.id).replace(/<cluster>|%3Ccluster%3E/g, cluster.clusterId)
})
afterAll(async () => {
  await api.close()
  await world.close()
})

test.each(Object.entries(recordedRequests))('%s of the extension 0.1 is answered as ever', async (name, recorded) => {
  const answer = await askApi(api, fill(recorded.path), {
    key: tokens[recorded.sender],
    method: recorded.method,
    ...('body' in recorded ? { body: fill(recorded.body) } : {}),
  })
  expect(answer.status).toBe(200)
  const { result } = z.object({ result: z.object({ data: z.unknown() }) }).parse(JSON.parse(answer.text))
  expect(() => answers[name as RecordedName].parse(result.data)).not.toThrow()
})

test('every procedure of the router is among the recorded', () => {
  expect(Object.keys(recordedRequests).toSorted()).toEqual(Object.keys(extensionRouter._def.procedures).toSorted())
})
