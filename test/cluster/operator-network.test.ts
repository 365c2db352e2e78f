import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { KubeConfig } from '@kubernetes/client-node'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { countObjects } from '#operator/collect/count-objects.ts'
import { KubernetesApi } from '#operator/kube/kubernetes-api.ts'
import { listPages } from '#operator/kube/list-pages.ts'
import { createCertificateAuthority } from '#scripts/cluster/authority.ts'
import { createTestKey } from '#test/context/test-operator.ts'
import { startConnectProxy } from './operator/connect-proxy.ts'
import { conditionOf, isAway, isPro, useOperatorSetting } from './operator/operator-setting.ts'
import { ServerFront } from './operator/server-front.ts'

const settingOf = useOperatorSetting()

describe('over https', () => {
  const authority = createCertificateAuthority('a company')
  let folder: string
  let secured: ServerFront
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'kube9-ca-'))
    writeFileSync(join(folder, 'ca.crt'), authority.caPem)
    secured = await ServerFront.start(settingOf().apiUrl, authority.issue({ names: [], addresses: ['127.0.0.1'] }))
    const { site, world, team } = settingOf()
    site.setKey((await createTestKey(world, team)).key)
  })
  afterEach(() => {
    secured.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  test('a certificate of the bundle’s authority is trusted, through a proxy that sees the server alone', async () => {
    const { site } = settingOf()
    const proxy = await startConnectProxy()
    site.start({
      SERVER_URL: secured.url,
      NODE_EXTRA_CA_CERTS: join(folder, 'ca.crt'),
      NODE_USE_ENV_PROXY: '1',
      HTTP_PROXY: proxy.url,
      HTTPS_PROXY: proxy.url,
    })
    await site.statusWhere('connected', (status) => isPro(status) && status.entitlement !== undefined)
    expect(new Set(proxy.destinations)).toEqual(new Set([new URL(secured.url).host]))
    proxy.stop()
  })

  test('a certificate that nobody vouches for is refused before the key is sent, and the reason is told', async () => {
    const { site } = settingOf()
    site.start({ SERVER_URL: secured.url })
    const status = await site.statusWhere('away', isAway)
    expect(conditionOf(status, 'ServerReachable')).toMatchObject({ reason: 'ServerUnreachable' })
    expect(status.error).toMatch(/UNABLE_TO_|SELF_SIGNED/)
    expect(secured.paths).toEqual([])
  })
})

describe('lists', () => {
  const named = z.object({ metadata: z.object({ name: z.string() }) })

  test('are counted from their first page, and come whole page by page', async () => {
    const { cluster, site } = settingOf()
    for (let at = 0; at < 7; at++) await site.kubectl('create', 'configmap', `number-${at}`)
    const kubeConfig = new KubeConfig()
    kubeConfig.loadFromFile(cluster.kubeconfigPath)
    const api = new KubernetesApi(kubeConfig)
    const path = `/api/v1/namespaces/${site.namespace}/configmaps`
    const names: string[] = []
    await listPages(
      api,
      { path, item: named, limit: 2 },
      (items) => names.push(...items.map(({ metadata }) => metadata.name)),
      () => expect.unreachable(),
    )
    expect(names.filter((name) => name.startsWith('number-'))).toHaveLength(7)
    expect(await countObjects(api, path)).toBe(names.length)
    expect(await countObjects(api, `/apis/apps/v1/namespaces/${site.namespace}/deployments`)).toBe(0)
  })
})
