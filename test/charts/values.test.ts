import { describe, expect, test } from 'vitest'
import { OPERATOR_VERSION } from '#operator/version.ts'
import { only, operatorContainer, operatorEnv, renderChart, renderNotes } from './render-chart.ts'
import type { Manifest } from './render-chart.ts'
import {
  publicValuesOfFirstGeneration,
  publicValuesOfSecondGeneration,
  sampleKey,
  samplePem,
  valueSets,
} from './value-sets.ts'

const kindsOf = (manifests: readonly Manifest[]): string[] => manifests.map(({ kind }) => kind)
const namesOf = (manifests: readonly Manifest[], kind: string): string[] =>
  manifests.filter((manifest) => manifest.kind === kind).map(({ metadata }) => metadata.name)
const ordinary = (manifests: readonly Manifest[]): Manifest[] =>
  manifests.filter(({ metadata }) => metadata.annotations?.['helm.sh/hook'] === undefined)
const hooks = (manifests: readonly Manifest[], event: 'pre-delete' | 'post-delete'): string[] =>
  manifests
    .filter(({ metadata }) => metadata.annotations?.['helm.sh/hook'] === event)
    .map(({ kind, metadata }) => `${kind}/${metadata.name}`)

describe('the API key', () => {
  test('without one, no Secret for it is rendered: one that was made by hand is never in the way', async () => {
    const manifests = await renderChart()
    expect(namesOf(ordinary(manifests), 'Secret')).toEqual(['kube9-operator-names', 'kube9-operator-state'])
    expect(JSON.stringify(manifests)).not.toContain('kdy_')
  })

  test('in the values, it becomes the Secret that portal and editor know, without the line end of a file', async () => {
    const secret = only(ordinary(await renderChart({ apiKey: `${sampleKey}\n` })), 'Secret', 'kube9-operator-config')
    expect(Buffer.from(secret['data'].apiKey, 'base64').toString()).toBe(sampleKey)
  })

  test('in a Secret of the user, that one is mounted, none is rendered, and none is removed at the end', async () => {
    const manifests = await renderChart({ existingSecret: 'my-secret' })
    const { volumes } = only(manifests, 'Deployment')['spec'].template.spec
    expect(volumes).toContainEqual({ name: 'key', secret: { secretName: 'my-secret', optional: true } })
    expect(hooks(manifests, 'post-delete')).not.toContain('Secret/kube9-operator-config')
    expect(namesOf(manifests, 'Secret')).not.toContain('kube9-operator-config')
  })

  test('made by hand, it goes with the release, once the goodbye was said and the operator is gone', async () => {
    const manifests = await renderChart()
    expect(hooks(manifests, 'pre-delete')).toEqual(['Job/kube9-operator-deregister'])
    expect(hooks(manifests, 'post-delete').toSorted()).toEqual([
      'ConfigMap/kube9-dashboard-data',
      'ConfigMap/kube9-operator-status',
      'Secret/kube9-operator-config',
    ])
  })

  test('a hook that stands for it holds no data, so that applying the manifests by hand changes nothing', async () => {
    const manifests = await renderChart()
    for (const manifest of manifests.filter(
      ({ metadata }) => metadata.annotations?.['helm.sh/hook'] === 'post-delete',
    )) {
      expect(Object.keys(manifest)).toEqual(['apiVersion', 'kind', 'metadata'])
    }
  })

  test('removeKeyOnUninstall=false leaves it', async () => {
    const left = hooks(await renderChart({ removeKeyOnUninstall: false }), 'post-delete')
    expect(left).not.toContain('Secret/kube9-operator-config')
  })

  test('never stands in the notes', async () => {
    expect(await renderNotes({ apiKey: sampleKey })).not.toContain(sampleKey)
  })
})

describe('false turns the thing off', () => {
  test.each([
    ['rbac.create', { rbac: { create: false } }, ['Role', 'RoleBinding', 'ClusterRole', 'ClusterRoleBinding']],
    ['serviceAccount.create', { serviceAccount: { create: false } }, ['ServiceAccount']],
    ['networkPolicy.enabled', { networkPolicy: { enabled: false } }, ['NetworkPolicy']],
    ['podDisruptionBudget.enabled', { podDisruptionBudget: { enabled: false } }, ['PodDisruptionBudget']],
  ])('%s', async (_value, values, gone) => {
    const [on, off] = await Promise.all([renderChart(), renderChart(values)])
    expect(kindsOf(on)).toEqual(expect.arrayContaining(gone))
    for (const kind of gone) expect(kindsOf(off)).not.toContain(kind)
  })

  test.each([
    ['events.persistence.enabled', { events: { persistence: { enabled: true } } }, 'PersistentVolumeClaim'],
    ['metrics.serviceMonitor.enabled', { metrics: { serviceMonitor: { enabled: true } } }, 'ServiceMonitor'],
  ])('%s is off unless it is asked for', async (_value, values, kind) => {
    const [off, on] = await Promise.all([renderChart(), renderChart(values)])
    expect(kindsOf(off)).not.toContain(kind)
    expect(kindsOf(on)).toContain(kind)
  })

  test.each([
    [{ argocd: { autoDetect: false } }, { ARGOCD_AUTO_DETECT: 'false', ARGOCD_ENABLED: undefined }],
    [{ argocd: { enabled: false } }, { ARGOCD_AUTO_DETECT: 'true', ARGOCD_ENABLED: 'false' }],
    [{ argocd: { enabled: true } }, { ARGOCD_AUTO_DETECT: 'true', ARGOCD_ENABLED: 'true' }],
  ])('%j reaches the operator', async (values, expected) => {
    const env = operatorEnv(await renderChart(values))
    expect({ ARGOCD_AUTO_DETECT: env['ARGOCD_AUTO_DETECT'], ARGOCD_ENABLED: env['ARGOCD_ENABLED'] }).toEqual(expected)
  })
})

describe('the way to the server', () => {
  test('a slash at the end of serverUrl does not double in its paths', async () => {
    expect(operatorEnv(await renderChart({ serverUrl: 'https://a.example/' }))['SERVER_URL']).toBe('https://a.example')
  })

  test('a proxy is used for the server and never for the Kubernetes API', async () => {
    const env = operatorEnv(await renderChart({ proxy: { httpsProxy: 'http://p:3128', noProxy: '.corp' } }))
    expect(env).toMatchObject({ NODE_USE_ENV_PROXY: '1', HTTPS_PROXY: 'http://p:3128' })
    expect(String(env['NO_PROXY']).split(',')).toEqual(
      expect.arrayContaining(['$(KUBERNETES_SERVICE_HOST)', '.svc', '.cluster.local', '.corp']),
    )
  })

  test('without a proxy no variable of one is set', async () => {
    expect(Object.keys(operatorEnv(await renderChart())).filter((name) => name.includes('PROXY'))).toEqual([])
  })

  test.each([
    ['certificates in the values', { caBundle: samplePem }, 'kube9-operator-ca', 'ca.crt'],
    ['certificates of the user', { caBundleFrom: { configMap: 'corp', key: 'all.pem' } }, 'corp', 'all.pem'],
  ])('%s reach Node, in operator and goodbye', async (_name, values, configMap, key) => {
    const manifests = await renderChart(values)
    for (const workload of [only(manifests, 'Deployment'), only(manifests, 'Job')]) {
      const { spec } = workload['spec'].template
      const projected = { sources: [{ configMap: { name: configMap, items: [{ key, path: 'ca.crt' }] } }] }
      expect(spec.volumes).toContainEqual({ name: 'ca', projected })
      expect(spec.containers[0].env).toContainEqual({ name: 'NODE_EXTRA_CA_CERTS', value: '/etc/kube9/ca/ca.crt' })
    }
  })

  test('changed certificates restart the pod, a changed key does not', async () => {
    const templateOf = async (values: object): Promise<string> =>
      JSON.stringify(only(await renderChart({ ...values }), 'Deployment')['spec'].template)
    expect(await templateOf({ caBundle: samplePem })).not.toBe(await templateOf({ caBundle: `${samplePem}\n` }))
    expect(await templateOf({ apiKey: sampleKey })).toBe(await templateOf({ apiKey: `${sampleKey}9` }))
  })

  test('the network policy opens DNS, the Kubernetes API, the server’s port and the proxy’s, and no other', async () => {
    const values = { serverUrl: 'https://a.example:9443', proxy: { httpsProxy: 'http://p:3128' } }
    const { egress, podSelector } = only(await renderChart(values), 'NetworkPolicy')['spec']
    const ports = egress.flatMap((rule: Manifest) => rule['ports'].map(({ port }: { port: number }) => port))
    expect(ports).toEqual([53, 53, 443, 6443, 8443, 16_443, 9443, 3128])
    expect(podSelector.matchLabels).toEqual({
      'app.kubernetes.io/part-of': 'kube9',
      'app.kubernetes.io/instance': 'kube9-operator',
    })
  })
})

describe('the pod', () => {
  test('on OpenShift no user id is asked for, because the platform gives one', async () => {
    const options = { args: ['--api-versions', 'security.openshift.io/v1'] }
    const contextOf = (manifests: readonly Manifest[]): object =>
      only(manifests, 'Deployment')['spec'].template.spec.securityContext
    expect(contextOf(await renderChart())).toMatchObject({ runAsUser: 65_532, fsGroup: 65_532 })
    expect(contextOf(await renderChart({}, options))).not.toMatchObject({ runAsUser: expect.anything() })
    expect(contextOf(await renderChart({}, options))).not.toMatchObject({ fsGroup: expect.anything() })
  })

  test.each([
    [{}, `ghcr.io/alto9/kube9-operator:${OPERATOR_VERSION}`],
    [{ image: { repository: 'r.example/k', tag: '2' } }, 'r.example/k:2'],
    [
      { image: { digest: `sha256:${'b'.repeat(64)}` } },
      `ghcr.io/alto9/kube9-operator:${OPERATOR_VERSION}@sha256:${'b'.repeat(64)}`,
    ],
  ])('%j runs the image %s', async (values, image) => {
    expect(operatorContainer(await renderChart(values))['image']).toBe(image)
  })

  test('goes where the values send it', async () => {
    const values = valueSets.find(({ name }) => name === 'a chosen node')?.values ?? {}
    expect(only(await renderChart(values), 'Deployment')['spec'].template.spec).toMatchObject(values)
  })

  test('keeps its events on a volume that outlives it when that is asked for', async () => {
    const manifests = await renderChart(publicValuesOfFirstGeneration)
    expect(only(manifests, 'PersistentVolumeClaim')['spec']).toEqual({
      accessModes: ['ReadWriteOnce'],
      storageClassName: 'fast',
      resources: { requests: { storage: '10Gi' } },
    })
    const claimName = only(manifests, 'PersistentVolumeClaim').metadata.name
    const { volumes } = only(manifests, 'Deployment')['spec'].template.spec
    expect(volumes).toContainEqual({ name: 'events', persistentVolumeClaim: { claimName } })
  })
})

describe('a user of the public chart', () => {
  test('finds each value of 1.x at work', async () => {
    const manifests = await renderChart(publicValuesOfFirstGeneration)
    expect(operatorEnv(manifests)).toMatchObject({
      LOG_LEVEL: 'debug',
      SERVER_URL: 'https://kube9.example.com',
      STATUS_UPDATE_INTERVAL_SECONDS: '120',
      REREGISTRATION_INTERVAL_HOURS: '12',
      ARGOCD_AUTO_DETECT: 'false',
      ARGOCD_ENABLED: 'true',
      ARGOCD_NAMESPACE: 'gitops',
      ARGOCD_SELECTOR: 'app.kubernetes.io/name=gitops-server',
      ARGOCD_DETECTION_INTERVAL: '12',
      EVENT_RETENTION_INFO_WARNING_DAYS: '14',
      EVENT_RETENTION_ERROR_CRITICAL_DAYS: '90',
    })
    expect(operatorContainer(manifests)).toMatchObject({
      image: 'registry.example/kube9-operator:1.1.4',
      imagePullPolicy: 'Always',
      resources: publicValuesOfFirstGeneration['resources'],
    })
  })

  test('can upgrade in place: the selector, which never changes, is the public chart’s', async () => {
    expect(only(await renderChart(), 'Deployment')['spec'].selector).toEqual({
      matchLabels: { 'app.kubernetes.io/name': 'kube9-operator', 'app.kubernetes.io/instance': 'kube9-operator' },
    })
  })

  test('is told which values of 2.x do nothing, and that an old image is pinned', async () => {
    const notes = await renderNotes(publicValuesOfSecondGeneration)
    expect(notes).toContain('do nothing in this version: trivy, prometheus, assessment, aiConformance, argocd.api.')
    expect(notes).toContain('image.tag is 2.4.0')
    expect(await renderNotes()).not.toContain('Note:')
  })
})

describe('the notes', () => {
  test.each([
    ['no key', {}, 'otherwise operated'],
    ['a key', { apiKey: sampleKey }, 'Mode: enabled. The API key lies in the Secret kube9-operator-config'],
    ['a Secret of the user', { existingSecret: 'mine' }, 'as soon as the Secret mine holds a key'],
  ])('say the mode with %s, how to check and how to remove', async (_name, values, mode) => {
    const notes = await renderNotes(values)
    expect(notes).toContain(mode)
    expect(notes).toContain('kubectl exec --namespace kube9-system deployment/kube9-operator -- kube9-operator status')
    expect(notes).toContain('helm uninstall kube9-operator --namespace kube9-system')
  })

  test('name the command for the Secret that an uninstall leaves', async () => {
    const notes = await renderNotes({ existingSecret: 'mine' })
    expect(notes).toContain('kubectl delete secret mine --namespace kube9-system')
  })
})
