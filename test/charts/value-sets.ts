import type { RenderOptions, Values } from './render-chart.ts'

/** Certificates are never parsed by the chart. */
export const samplePem = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n'
export const sampleKey = 'kdy_prod_0123456789abcdefghijABCDEFGHIJ012345678'

/** What a user of the public chart 1.x has in a file, each value changed from its default. */
export const publicValuesOfFirstGeneration: Values = {
  apiKey: sampleKey,
  image: { repository: 'registry.example/kube9-operator', tag: '1.1.4', pullPolicy: 'Always' },
  resources: { requests: { memory: '1Gi', cpu: '500m' }, limits: { memory: '1Gi', cpu: '500m' } },
  serviceAccount: { create: true, name: 'kube9-operator' },
  rbac: { create: true },
  logLevel: 'debug',
  statusUpdateIntervalSeconds: 120,
  reregistrationIntervalHours: 12,
  serverUrl: 'https://kube9.example.com',
  argocd: {
    autoDetect: false,
    enabled: true,
    namespace: 'gitops',
    selector: 'app.kubernetes.io/name=gitops-server',
    detectionInterval: 12,
  },
  metrics: {
    intervals: { clusterMetadata: 7200, resourceInventory: 3600, resourceConfigurationPatterns: 7200 },
  },
  events: {
    persistence: { enabled: true, size: '10Gi', storageClassName: 'fast', accessMode: 'ReadWriteOnce' },
    retention: { infoWarning: 14, errorCritical: 90 },
  },
}

/** And of 2.x, which knows no key but more collectors. */
export const publicValuesOfSecondGeneration: Values = {
  image: { repository: 'ghcr.io/alto9/kube9-operator', tag: '2.4.0', pullPolicy: 'IfNotPresent' },
  podAnnotations: { 'prometheus.io/scrape': 'true' },
  argocd: { autoDetect: true, api: { collectionEnabled: true, timeoutMs: 30_000 } },
  trivy: { autoDetect: true, maxScansPerCycle: 100 },
  prometheus: { baseUrl: '', timeoutMs: 30_000 },
  assessment: { enabled: true, intervalSeconds: 86_400, mode: 'full' },
  aiConformance: { enabled: true, checklistSource: 'bundled' },
  metrics: { intervals: { workloadImageScan: 86_400, argocdApplicationStatus: 3600, performanceMetrics: 900 } },
}

type ValueSet = { name: string; values: Values; options?: RenderOptions }

/** Every way of installing that a property must hold for. */
export const valueSets: ValueSet[] = [
  { name: 'defaults', values: {} },
  { name: 'a key in the values', values: { apiKey: sampleKey } },
  { name: 'a Secret of the user', values: { existingSecret: 'my-secret' } },
  { name: 'a key that stays', values: { removeKeyOnUninstall: false } },
  { name: 'another server', values: { serverUrl: 'https://kube9.example.com:8443/' } },
  { name: 'plain http on purpose', values: { serverUrl: 'http://kube9.example.com', allowInsecureHttp: true } },
  { name: 'a server on loopback', values: { serverUrl: 'http://localhost:4000' } },
  { name: 'proxies', values: { proxy: { httpProxy: 'http://p:3128', httpsProxy: 'http://p:3129', noProxy: '.corp' } } },
  { name: 'certificates in the values', values: { caBundle: samplePem } },
  { name: 'certificates of the user', values: { caBundleFrom: { configMap: 'corp-ca', key: 'bundle.pem' } } },
  { name: 'no rights', values: { rbac: { create: false } } },
  { name: 'a ServiceAccount that exists', values: { serviceAccount: { create: false, name: 'mine' } } },
  { name: 'no network policy', values: { networkPolicy: { enabled: false } } },
  { name: 'no disruption budget', values: { podDisruptionBudget: { enabled: false } } },
  { name: 'events on a volume', values: { events: { persistence: { enabled: true, storageClassName: 'fast' } } } },
  { name: 'Argo CD off', values: { argocd: { autoDetect: false, enabled: false } } },
  { name: 'a pinned image', values: { image: { tag: '9.9.9', digest: `sha256:${'a'.repeat(64)}` } } },
  { name: 'a private registry', values: { imagePullSecrets: [{ name: 'registry' }] } },
  {
    name: 'a chosen node',
    values: {
      nodeSelector: { disk: 'ssd' },
      tolerations: [{ key: 'dedicated', operator: 'Exists' }],
      affinity: { podAntiAffinity: {} },
    },
  },
  { name: 'no limits', values: { resources: null } },
  { name: 'other names', values: { nameOverride: 'agent' }, options: { releaseName: 'prod' } },
  { name: 'a long name', values: { fullnameOverride: 'a'.repeat(63) } },
  { name: 'a monitor', values: { metrics: { serviceMonitor: { enabled: true, labels: { release: 'prometheus' } } } } },
  { name: 'OpenShift', values: {}, options: { args: ['--api-versions', 'security.openshift.io/v1'] } },
  { name: 'values of the public chart 1.x', values: publicValuesOfFirstGeneration },
  { name: 'values of the public chart 2.x', values: publicValuesOfSecondGeneration },
  { name: 'a parent chart', values: { global: { imageRegistry: 'registry.example' } } },
]
