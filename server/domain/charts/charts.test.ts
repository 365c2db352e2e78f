import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { chartSchema } from '#contract/portal-api.ts'
import { getChart, listCharts, openChartRepository } from './index.ts'
import type { ChartSource } from './index.ts'

const chartsFolder = fileURLToPath(new URL('../../../charts', import.meta.url))

let folder: string
let source: ChartSource

beforeAll(async () => {
  const { buildChartRepository } = await import('#scripts/build/charts/build-repository.ts')
  folder = await mkdtemp(join(tmpdir(), 'kube9-charts-'))
  await buildChartRepository(chartsFolder, folder)
  source = { repository: openChartRepository(folder), repositoryUrl: 'https://charts.example' }
})
afterAll(() => rm(folder, { recursive: true }))

test('the list holds every chart in the shape that pages receive, with what its package says', async () => {
  const charts = await listCharts(source)
  expect(charts.map((chart) => chartSchema.parse(chart))).toEqual(charts)
  expect(charts).toMatchObject([
    {
      name: 'kube9-operator',
      repositoryUrl: 'https://charts.example',
      readmeMarkdown: expect.stringContaining('# kube9-operator'),
      valuesYaml: expect.stringContaining('serverUrl: https://api.kube9.io'),
      valuesSchemaJson: expect.stringContaining('"additionalProperties": false'),
      versions: [
        {
          digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
          url: 'https://charts.example/kube9-operator-0.2.1.tgz',
        },
        {
          digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
          url: 'https://charts.example/kube9-operator-0.2.0.tgz',
        },
        {
          digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
          url: 'https://charts.example/kube9-operator-0.1.0.tgz',
        },
      ],
    },
  ])
})

test('one chart is found by its name', async () => {
  expect(await getChart(source, { name: 'kube9-operator' })).toEqual((await listCharts(source))[0])
})

test.each(['kube9', '__proto__', '../kube9-operator', ''])('there is no chart named %j', async (name) => {
  await expect(getChart(source, { name })).rejects.toMatchObject({ code: 'NOT_FOUND' })
})
