import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { kubeObjectSchema, seeObject } from '../../documents/seen-object.ts'
import { referTo } from '../frame/known-kinds.ts'
import { describeObject } from './describe-object.ts'
import type { Cell, Description, Section } from './protocol.ts'
import { toDescribeSchema } from './protocol.ts'
import { endpointsOf } from './read-related.ts'
import { nothingRelated } from './related.ts'
import type { Related } from './related.ts'

/** As a control plane of Kubernetes 1.35 gave them. */
const recorded = z
  .record(z.string(), z.record(z.string(), z.unknown()))
  .parse(JSON.parse(readFileSync(new URL('recorded-objects.json', import.meta.url), 'utf8')))

function describeRecorded(name: string, related: Partial<Related> = {}, change: object = {}): Description {
  const object = kubeObjectSchema.parse({ ...recorded[name], ...change })
  const kind = object.kind ?? ''
  const { name: objectName, namespace = null } = object.metadata
  const reference = referTo({ context: 'prod', kind, name: objectName, namespace })
  if (!reference) throw new Error(`${kind} is no known kind`)
  const described = { ...seeObject(object, kind), context: 'prod', related: { ...nothingRelated, ...related } }
  return toDescribeSchema.shape.description.unwrap().parse(describeObject(reference, described))
}

function section<Form extends Section['form']>({ sections }: Description, title: string, form: Form) {
  const found = sections.find((one) => one.title === title)
  if (found?.form !== form)
    throw new Error(`no ${form} "${title}" among ${sections.map((one) => one.title).join(', ')}`)
  return found as Extract<Section, { form: Form }>
}

const factOf = (description: Description, title: string, label: string) =>
  section(description, title, 'facts').facts.find((fact) => fact.label === label)?.values
const texts = (row: Cell[] | undefined) => row?.map(({ text }) => text)

test('a pod: what holds it up, its containers, how the last run ended, and where its volumes come from', () => {
  const pod = describeRecorded('pod')
  expect(pod.status).toEqual({ text: 'CreateContainerConfigError', tone: 'bad' })
  expect(pod.hasLogs).toBe(true)
  expect(pod.labels).toContainEqual({ key: 'tier', value: 'front' })
  const [web, worker] = section(pod, 'Containers', 'table').rows
  expect(texts(web)).toEqual(['web', 'Running', '0', '50m CPU, 64Mi memory', '128Mi memory', '8080/TCP'])
  expect(worker?.[1]).toMatchObject({ tone: 'bad', note: 'gateway-settings not found' })
  expect(worker?.[2]).toEqual({ text: '58', note: 'last: Error, exit code 3,', noteAt: '2026-11-26T13:32:39Z' })
  expect(texts(section(pod, 'Init containers', 'table').rows[0])).toContain('migrate (init)')
  const [volume] = section(pod, 'Volumes', 'table').rows
  expect(texts(volume)).toEqual(['settings', 'ConfigMap', 'gateway-settings'])
  expect(volume?.[2]?.link).toMatchObject({ resource: 'configmaps', namespace: 'shop' })
  expect(factOf(pod, 'Pod', 'Node')).toMatchObject([{ text: 'n1', link: { kind: 'Node', namespace: null } }])
})

test('a Deployment: replicas, strategy, what its conditions say, and its pods', () => {
  const row = {
    name: 'r-1',
    namespace: 'shop',
    cells: { Status: 'Pending', Ready: '0/1', Restarts: '0', Node: '<none>' },
  }
  const deployment = describeRecorded('deployment', { pods: { rows: [row], isCut: false } })
  expect(deployment.status).toEqual({ text: '0 of 3 ready', tone: 'bad' })
  expect(factOf(deployment, 'Rollout', 'Strategy')?.[0]?.text).toMatch(/^RollingUpdate \(/)
  const conditions = section(deployment, 'Conditions', 'table').rows
  expect(conditions[0]?.[1]).toEqual({ text: 'False', tone: 'warning' })
  expect(conditions[0]?.[2]).toEqual({
    text: 'MinimumReplicasUnavailable',
    note: 'Deployment does not have minimum availability.',
  })
  expect(texts(section(deployment, 'Pods', 'table').rows[0])).toEqual(['r-1', 'Pending', '0/1', '0', '–'])
})

test('a Deployment whose change is not seen yet is updating', () => {
  const metadata = { ...z.record(z.string(), z.unknown()).parse(recorded['deployment']?.['metadata']), generation: 9 }
  expect(describeRecorded('deployment', {}, { metadata }).status).toEqual({ text: 'Updating', tone: 'busy' })
})

test('a Service: ports, selector, and whether its endpoints are ready', () => {
  const slice = z.custom<Parameters<typeof endpointsOf>[0]>().parse(recorded['slice'])
  const service = describeRecorded('service', { endpoints: endpointsOf(slice) })
  expect(texts(section(service, 'Ports', 'table').rows[0])).toEqual(['http', '80/TCP', '8080', '–'])
  expect(factOf(service, 'Service', 'Selector')?.[0]?.text).toBe('app=cart')
  const [endpoint] = section(service, 'Endpoints', 'table').rows
  expect(texts(endpoint)).toEqual(['10.245.0.4', 'Not ready', 'http 8080/TCP', 'cart-984d9bf6d-vw2qj', 'n2'])
  expect(section(describeRecorded('service', { endpoints: [] }), 'Endpoints', 'table').empty).toMatch(/no pod matches/)
})

test('a node: conditions that are good when they are false, resources, taints, and how many pods it carries', () => {
  const node = describeRecorded('node', { pods: { rows: [], isCut: false } })
  expect(node.status).toEqual({ text: 'Ready', tone: 'good' })
  const tones = section(node, 'Conditions', 'table').rows.map(([type, status]) => [type?.text, status?.tone])
  expect(tones).toContainEqual(['MemoryPressure', 'good'])
  expect(tones).toContainEqual(['NetworkUnavailable', 'good'])
  expect(section(node, 'Resources', 'table').rows.map(texts)).toContainEqual(['memory', '32 GiB', '32 GiB'])
  expect(texts(section(node, 'Taints', 'table').rows[0])?.[0]).toBe('kwok.x-k8s.io/node')
  expect(factOf(node, 'Node', 'Pods')).toEqual([{ text: '0 of at most 5k' }])
})

test('an Ingress and a CronJob lead to what they name', () => {
  const ingress = describeRecorded('ingress')
  expect(texts(section(ingress, 'Rules', 'table').rows[0])).toEqual(['shop.example.com', '/', 'cart:80'])
  expect(section(ingress, 'TLS', 'table').rows[0]?.[1]?.link).toMatchObject({ kind: 'Secret', name: 'shop-tls' })
  const cronJob = describeRecorded('cronJob')
  expect(factOf(cronJob, 'CronJob', 'Schedule')).toEqual([{ text: '0 3 * * *', code: true }])
  expect(factOf(cronJob, 'CronJob', 'Last scheduled')).toEqual([{ text: 'Never' }])
})

test('what is not of the shape of its kind, or of no known kind, is described by what it plainly says', () => {
  const odd = describeRecorded('service', {}, { spec: { ports: 'none', type: 'Odd', externalName: ['a', 'b'] } })
  expect(factOf(odd, 'Specification', 'Type')).toEqual([{ text: 'Odd', code: true }])
  expect(factOf(odd, 'Specification', 'External name')).toEqual([{ text: 'a, b', code: true }])
})
