import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { operatorChart, refusalOf, renderChart } from './render-chart.ts'
import { sampleKey, samplePem } from './value-sets.ts'

type Schema = {
  type?: string | string[]
  description?: string
  properties?: Record<string, Schema>
  additionalProperties?: boolean | Schema
}

const schema = JSON.parse(await readFile(join(operatorChart, 'values.schema.json'), 'utf8')) as Schema

describe('values that cannot be meant are refused, and the message says which', () => {
  test.each([
    [{ replicas: 2 }, 'replicas'],
    [{ image: { pullpolicy: 'Always' } }, 'pullpolicy'],
    [{ image: { pullPolicy: 'always' } }, "'Always', 'IfNotPresent', 'Never'"],
    [{ logLevel: 'verbose' }, "'debug', 'info', 'warn', 'error'"],
    [{ serverUrl: 'api.kube9.io' }, '/serverUrl'],
    [{ statusUpdateIntervalSeconds: 1 }, 'minimum: got 1, want 10'],
    [{ reregistrationIntervalHours: 5000 }, 'maximum: got 5,000, want 596'],
    [{ rbac: { create: 'false' } }, 'got string, want boolean'],
    [{ podAnnotations: { 'prometheus.io/scrape': true } }, 'got boolean, want string'],
    [{ metrics: { intervals: { clusterMetadata: 60 } } }, 'minimum: got 60, want 3,600'],
    [{ events: { persistence: { accessMode: 'ReadOnlyMany' } } }, '/events/persistence/accessMode'],
    [{ networkPolicy: { apiServerPorts: [] } }, '/networkPolicy/apiServerPorts'],
    [{ image: { digest: 'latest' } }, '/image/digest'],
  ])('%j', async (values, words) => {
    expect(await refusalOf(values)).toContain(words)
  })

  test.each([
    [{ apiKey: sampleKey, existingSecret: 'mine' }, 'Both apiKey and existingSecret are set'],
    [{ caBundle: samplePem, caBundleFrom: { configMap: 'corp' } }, 'Give the certificates in one place'],
    [{ caBundle: '/etc/ssl/ca.pem' }, '--set-file caBundle=ca.pem'],
    [{ serverUrl: 'http://kube9.example.com' }, 'set allowInsecureHttp=true if that is what you want'],
    [{ serverUrl: 'http://localhost.example.com:80' }, 'which is not https'],
  ])('%j, with what to do', async (values, words) => {
    expect(await refusalOf(values)).toContain(words)
  })

  test('a text that is no key is refused without being repeated', async () => {
    const message = await refusalOf({ apiKey: 'hunter2hunter2' })
    expect(message).toContain('a key begins with kdy_')
    expect(message).not.toContain('hunter2')
  })

  test.each(['http://localhost:4000', 'http://127.0.0.1', 'http://[::1]:4000'])(
    'plain http to this machine is fine: %s',
    async (serverUrl) => {
      await expect(renderChart({ serverUrl })).resolves.not.toEqual([])
    },
  )
})

describe('the schema', () => {
  test('explains every value in a sentence and lets nothing through that it does not know', () => {
    const unexplained: string[] = []
    const open: string[] = []
    walk(schema, '', (path, part) => {
      if (path && !/^[A-Z].{4,}\.$/s.test(part.description ?? '')) unexplained.push(path)
      if (part.properties && part.additionalProperties !== false) open.push(path)
    })
    expect(unexplained).toEqual([])
    expect(open).toEqual([])
  })

  test('knows every value of values.yaml, and values.yaml every value that is not optional', async () => {
    const defaults: unknown = parse(await readFile(join(operatorChart, 'values.yaml'), 'utf8'))
    const known: string[] = []
    walk(schema, '', (path) => known.push(path))
    const given = pathsOf(defaults).filter((path) => !path.startsWith('/resources/'))
    const optional =
      /^\/(global|trivy|prometheus|assessment|aiConformance)$|^\/argocd\/(enabled|api)$|^\/metrics\/intervals\/(workloadImageScan|argocdApplicationStatus|performanceMetrics|securityPosture)$/
    expect(known.filter((path) => path && !optional.test(path)).toSorted()).toEqual(given.toSorted())
  })
})

function walk(part: Schema, path: string, visit: (path: string, part: Schema) => void): void {
  visit(path, part)
  for (const [name, child] of Object.entries(part.properties ?? {})) walk(child, `${path}/${name}`, visit)
}

function pathsOf(value: unknown, path = ''): string[] {
  const isFolder = typeof value === 'object' && value !== null && !Array.isArray(value)
  const children = isFolder ? Object.entries(value) : []
  return [...(path ? [path] : []), ...children.flatMap(([name, child]) => pathsOf(child, `${path}/${name}`))]
}
