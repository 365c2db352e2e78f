import { describe, expect, test } from 'vitest'
import { readConfig } from '#operator/config.ts'
import { only, operatorEnv, podTemplates, renderChart } from './render-chart.ts'
import { valueSets } from './value-sets.ts'

/** What Node reads by itself. */
const READ_BY_NODE = ['NODE_EXTRA_CA_CERTS', 'NODE_USE_ENV_PROXY', 'HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY']

/** Names of the variables that the operator looks at. */
function variablesRead(): string[] {
  const names = new Set<string>()
  const spying = new Proxy<NodeJS.ProcessEnv>(process.env, {
    get: (_target, name) => {
      names.add(String(name))
      return undefined
    },
  })
  readConfig(spying)
  return [...names]
}

describe.each(valueSets)('with $name', ({ values, options }) => {
  const rendered = renderChart(values, options)

  test('the operator takes the environment that the chart gives it', async () => {
    const env = operatorEnv(await rendered)
    const texts = Object.entries(env).filter(([, value]) => typeof value === 'string')
    const config = readConfig(Object.fromEntries(texts) as NodeJS.ProcessEnv)
    expect(config).toMatchObject({
      deploymentName: only(await rendered, 'Deployment').metadata.name,
      apiKeyDirectory: '/etc/kube9/key',
      events: { directory: '/data' },
      httpPort: 8080,
    })
  })

  test('no variable is given that nobody reads', async () => {
    const readable = [...variablesRead(), ...READ_BY_NODE]
    for (const { spec } of podTemplates(await rendered)) {
      for (const { name } of spec.containers[0].env) expect(readable).toContain(name)
    }
  })
})
