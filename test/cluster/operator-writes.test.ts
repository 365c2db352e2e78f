import { describe, expect, test } from 'vitest'
import { eventListSchema, queryFailureSchema } from '#contract/event-query.ts'
import { waitFor } from '#test/stack/wait-for.ts'
import { connect, useOperatorSetting } from './operator/operator-setting.ts'

const settingOf = useOperatorSetting()

describe('what is written', () => {
  test('the dashboard holds the counts of the cluster', async () => {
    const { site } = settingOf()
    await site.kubectl('create', 'deployment', 'counted', '--image=example.test/idle:1')
    site.start()
    const dashboard = await waitFor('the dashboard', () => site.dashboard())
    const names = (await site.kubectl('get', 'namespaces', '-o', 'name')).trim().split('\n')
    expect(dashboard).toMatchObject({
      namespaceCount: names.length,
      workloads: { deployments: 1, cronjobs: 0 },
      nodes: { totalNodes: 2, readyNodes: 2 },
    })
  })

  test('while the ConfigMap cannot be written liveness is green, readiness red, and metric and log say why', async () => {
    const { site } = settingOf()
    site.start()
    await site.statusWhere('operated', ({ mode }) => mode === 'operated')
    const role = await site.kubectl('get', 'role', `${site.namespace}-kube9-operator`, '-o=jsonpath={.rules}')
    const setRules = (rules: string) =>
      site.kubectl('patch', 'role', `${site.namespace}-kube9-operator`, '--type=merge', `-p={"rules":${rules}}`)
    await setRules('[]')
    site.setKey('not a key')
    await waitFor('unready', async () => (await site.operator.http('/readyz')).status === 503)
    expect((await site.operator.http('/readyz')).text).toMatch(/ConfigMap cannot be written.*forbidden/)
    expect((await site.operator.http('/healthz')).status).toBe(200)
    expect((await site.operator.http('/metrics')).text).toMatch(/^kube9_operator_status_writable 0$/m)
    expect(site.operator.log).toMatch(/"level":"error".*kube9-operator-status cannot be written/)
    await setRules(role)
    await site.statusWhere('degraded', (seen) => seen.health === 'degraded')
    expect((await site.operator.http('/readyz')).status).toBe(200)
  })
})

describe('the end, and what is never written', () => {
  test('SIGTERM: the last status says so within 5 s, also while the server hangs', async () => {
    const { front, site } = settingOf()
    await connect(settingOf())
    front.behaviour = { kind: 'hang' }
    const callsBefore = front.paths.length
    await waitFor('a call that hangs', () => front.paths.length > callsBefore)
    const startedAt = Date.now()
    expect(await site.operator.end('SIGTERM')).toBe(0)
    expect(Date.now() - startedAt).toBeLessThan(5_000)
    expect(await site.status()).toMatchObject({ health: 'unhealthy', error: 'Shutting down', mode: 'enabled' })
  })

  test('the last write does not bring a ConfigMap back that an uninstall took', async () => {
    const { site } = settingOf()
    site.start()
    await site.statusWhere('operated', ({ mode }) => mode === 'operated')
    await waitFor('the dashboard', () => site.dashboard())
    await site.kubectl('delete', 'configmap', 'kube9-operator-status', 'kube9-dashboard-data')
    await site.operator.end('SIGTERM')
    expect(await site.kubectl('get', 'configmaps', '-o', 'name')).not.toContain('kube9')
  })

  test('no key stands in log, ConfigMap or metrics', async () => {
    const { site } = settingOf()
    const { key } = await connect(settingOf())
    const secret = key.slice('kdy_prod_'.length + 10)
    const texts = [
      site.operator.log,
      JSON.stringify(await site.status()),
      (await site.operator.http('/metrics')).text,
      JSON.stringify(await site.record()),
    ]
    for (const text of texts) expect(text).not.toContain(secret)
  })
})

describe('events', () => {
  test('survive kill -9, and are listed as the contract says', async () => {
    const { site } = settingOf()
    await connect(settingOf())
    await site.operator.end('SIGKILL')
    const result = await site.run(['query', 'events', 'list', '--limit=10', '--format=json'])
    expect(result).toMatchObject({ code: 0, stderr: '' })
    const { events, pagination } = eventListSchema.parse(JSON.parse(result.stdout))
    expect(events.map(({ metadata }) => metadata.reason)).toContain('Connected')
    expect(pagination).toMatchObject({ limit: 10, offset: 0, returned: events.length })
  })

  test('warnings of Kubernetes are kept with their object', async () => {
    const { site } = settingOf()
    await site.kubectl(
      'run',
      'lost',
      '--image=example.test/idle:1',
      '--overrides={"spec":{"nodeSelector":{"no":"where"}}}',
    )
    await waitFor('the warning', async () =>
      (await site.kubectl('get', 'events', '--field-selector=type=Warning')).includes('FailedScheduling'),
    )
    site.start()
    const query = ['query', 'events', 'list', `--object-namespace=${site.namespace}`, '--object-kind=Pod']
    const list = await waitFor('the event', async () => {
      const { stdout } = await site.run([...query, '--limit=5', '--format=json'])
      const parsed = eventListSchema.parse(JSON.parse(stdout || '{}'))
      return parsed.events.length > 0 && parsed
    })
    expect(list.events[0]).toMatchObject({
      event_type: 'cluster',
      severity: 'warning',
      object_name: 'lost',
      metadata: { reason: 'FailedScheduling' },
    })
  })

  test('a query that cannot be answered is JSON on stderr, and exit code 1', async () => {
    const { site } = settingOf()
    const result = await site.run(['query', 'events', 'list', '--limit=many', '--format=json'])
    expect(result).toMatchObject({ code: 1, stdout: '' })
    expect(queryFailureSchema.parse(JSON.parse(result.stderr)).details).toContain('limit')
  })
})

describe('deregister', () => {
  test('tells the server, which then knows the cluster as gone', async () => {
    const { world, site, team } = settingOf()
    const { status } = await connect(settingOf())
    await site.operator.end('SIGTERM')
    expect(await site.run(['deregister'])).toMatchObject({ code: 0 })
    const row = await world.db.cluster.findFirstOrThrow({
      where: { teamId: team.id, clusterId: status.clusterId ?? '' },
    })
    expect(row.deregisteredAt).not.toBeNull()
  })

  test('without a key it sends nothing and succeeds', async () => {
    const { front, site } = settingOf()
    expect(await site.run(['deregister'])).toMatchObject({ code: 0 })
    expect(front.paths).toEqual([])
  })

  test('a server that hangs holds it for less than 20 s, and it succeeds', async () => {
    const { front, site } = settingOf()
    await connect(settingOf())
    await site.operator.end('SIGTERM')
    front.behaviour = { kind: 'hang' }
    const startedAt = Date.now()
    expect(await site.run(['deregister'])).toMatchObject({ code: 0 })
    expect(Date.now() - startedAt).toBeLessThan(20_000)
  })
})

test('status tells a person what stands in the ConfigMap', async () => {
  const { site } = settingOf()
  await connect(settingOf())
  const { code, stdout } = await site.run(['status'])
  expect(code).toBe(0)
  expect(stdout).toMatch(/^Mode\s+enabled, pro$/m)
  expect(stdout).toMatch(/^Registered\s+True\s+Registered/m)
})
