import { describe, expect, test } from 'vitest'
import {
  helm,
  only,
  operatorChart,
  podTemplates,
  releaseNamespace,
  renderChart,
  withValuesFile,
} from './render-chart.ts'
import type { Manifest } from './render-chart.ts'
import { sampleKey, valueSets } from './value-sets.ts'

const CLUSTER_WIDE = new Set(['ClusterRole', 'ClusterRoleBinding'])

const renderings = new Map(valueSets.map(({ name, values, options }) => [name, renderChart(values, options)] as const))

async function manifestsWith(name: string): Promise<Manifest[]> {
  const manifests = await renderings.get(name)
  if (!manifests) throw new Error(`There is no set of values named ${name}.`)
  return manifests
}

describe.each(valueSets)('with $name, the chart', ({ name, values, options }) => {
  test('passes helm lint', async () => {
    const report = await withValuesFile(values, (file) => helm('lint', '--strict', operatorChart, '--values', file))
    expect(report).toContain('0 chart(s) failed')
  })

  test('helm 3 makes the same of it as helm 4', async () => {
    expect(await renderChart(values, { ...options, helmVersion: 3 })).toEqual(await manifestsWith(name))
  })
})

describe.each(valueSets)('with $name, pods', ({ name }) => {
  test('are what the restricted Pod Security Standard asks for, and cannot write their root', async () => {
    for (const { spec } of podTemplates(await manifestsWith(name))) {
      expect(spec).not.toMatchObject({ hostNetwork: true })
      expect(spec.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } })
      for (const container of spec.containers) {
        expect(container.securityContext).toEqual({
          allowPrivilegeEscalation: false,
          privileged: false,
          readOnlyRootFilesystem: true,
          runAsNonRoot: true,
          capabilities: { drop: ['ALL'] },
          seccompProfile: { type: 'RuntimeDefault' },
        })
      }
      const kinds = spec.volumes
        .flatMap((volume: object) => Object.keys(volume))
        .filter((key: string) => key !== 'name')
      expect(['secret', 'projected', 'emptyDir', 'persistentVolumeClaim']).toEqual(expect.arrayContaining(kinds))
    }
  })

  test('one operator runs at a time, under the name that clients look for', async () => {
    const manifests = await manifestsWith(name)
    const [deployment, ...more] = manifests.filter(({ kind }) => kind === 'Deployment')
    expect(more).toEqual([])
    expect(deployment?.['spec']).toMatchObject({
      replicas: 1,
      strategy: { type: 'Recreate' },
      progressDeadlineSeconds: 120,
      template: {
        metadata: { labels: { 'app.kubernetes.io/name': 'kube9-operator' } },
        spec: { containers: [{ name: 'operator', command: ['kube9-operator', 'run'] }] },
      },
    })
  })

  test('the key arrives as a whole folder that may be missing, so that a change reaches a running pod', async () => {
    for (const { spec } of podTemplates(await manifestsWith(name))) {
      const [container] = spec.containers
      const mount = container.volumeMounts.find((candidate: { name: string }) => candidate.name === 'key')
      expect(mount).toEqual({ name: 'key', mountPath: '/etc/kube9/key', readOnly: true })
      const volume = spec.volumes.find((candidate: { name: string }) => candidate.name === 'key')
      expect(volume.secret.optional).toBe(true)
    }
  })
})

describe.each(valueSets)('with $name, secrets and rights', ({ name }) => {
  test('the key stands in one Secret and nowhere else', async () => {
    const text = JSON.stringify((await manifestsWith(name)).filter(({ kind }) => kind !== 'Secret'))
    expect(text).not.toContain(sampleKey)
    expect(text).not.toContain(Buffer.from(sampleKey).toString('base64'))
  })

  test('no right on secrets holds for the whole cluster, and within the namespace each is bound to a name', async () => {
    const rulesOf = (wanted: string): Manifest[] =>
      manifests.filter(({ kind }) => kind === wanted).flatMap(({ rules }) => rules)
    const manifests = await manifestsWith(name)
    for (const rule of rulesOf('ClusterRole')) {
      expect(rule['resources']).not.toContain('secrets')
      expect([...rule['resources'], ...rule['verbs'], ...rule['apiGroups']]).not.toContain('*')
      expect(['get', 'list', 'watch']).toEqual(expect.arrayContaining(rule['verbs']))
    }
    for (const rule of rulesOf('Role').filter(({ resources }) => resources.includes('secrets'))) {
      expect(rule).toMatchObject({
        resourceNames: ['kube9-operator-state', 'kube9-operator-names'],
        verbs: ['get', 'patch'],
      })
    }
  })

  test('what the operator writes is rendered without data, so that no upgrade has an opinion on it', async () => {
    for (const written of ['kube9-operator-names', 'kube9-operator-state']) {
      const secret = only(await manifestsWith(name), 'Secret', written)
      expect(Object.keys(secret)).toEqual(['apiVersion', 'kind', 'metadata', 'type'])
    }
  })
})

describe.each(valueSets)('with $name, objects', ({ name }) => {
  test('names are legal, unique, and in the release’s namespace', async () => {
    const seen = new Set<string>()
    for (const { kind, metadata } of await manifestsWith(name)) {
      expect(metadata.name).toMatch(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/)
      expect(metadata.namespace).toBe(CLUSTER_WIDE.has(kind) ? undefined : releaseNamespace)
      const isHook = metadata.annotations?.['helm.sh/hook'] !== undefined
      const identity = `${kind}/${metadata.name}${isHook ? ' as hook' : ''}`
      expect(seen).not.toContain(identity)
      seen.add(identity)
    }
  })

  test('environment values are texts, never numbers or booleans that Kubernetes would refuse', async () => {
    for (const { spec } of podTemplates(await manifestsWith(name))) {
      for (const variable of spec.containers[0].env) {
        expect([typeof variable.value, typeof variable.valueFrom]).toContain('undefined')
        expect(typeof (variable.value ?? '')).toBe('string')
      }
    }
  })

  test('the goodbye has 20 seconds, one try, and is taken for the operator by nobody', async () => {
    const [goodbye] = (await manifestsWith(name)).filter(({ kind }) => kind === 'Job')
    expect(goodbye?.metadata.annotations).toEqual({
      'helm.sh/hook': 'pre-delete',
      'helm.sh/hook-weight': '0',
      'helm.sh/hook-delete-policy': 'before-hook-creation,hook-succeeded,hook-failed',
    })
    expect(goodbye?.['spec']).toMatchObject({ backoffLimit: 0, activeDeadlineSeconds: 20 })
    const template = goodbye?.['spec'].template
    expect(template.metadata.labels['app.kubernetes.io/name']).not.toBe('kube9-operator')
    expect(template.spec.containers[0].command).toEqual(['kube9-operator', 'deregister'])
    expect(template.spec.restartPolicy).toBe('Never')
  })
})
