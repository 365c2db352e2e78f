import { describe, expect, test } from 'vitest'
import {
  clusterMetadataSchema,
  configurationPatternsSchema,
  resourceInventorySchema,
} from '#contract/collection-payloads.ts'
import { collectionSchema, collectionTypes } from '#contract/collections.ts'
import type { Collection } from '#contract/collections.ts'
import { queryFailureSchema } from '#contract/event-query.ts'
import { createPseudonymizer, saltSchema } from '#contract/pseudonyms.ts'
import { waitFor } from '#test/stack/wait-for.ts'
import { conditionOf, connect, isAway, isPro, useOperatorSetting } from './operator/operator-setting.ts'
import type { Setting } from './operator/operator-setting.ts'
import type { OperatorSite } from './operator/operator-site.ts'
import type { ServerFront } from './operator/server-front.ts'

const settingOf = useOperatorSetting({ COLLECTION_SECONDS: '5' })

const payloads = {
  'cluster-metadata': clusterMetadataSchema,
  'resource-inventory': resourceInventorySchema,
  'resource-configuration-patterns': configurationPatternsSchema,
}

/** Collections that came to the server's address, in their order; also those that it did not answer. */
function collectionsAt(front: ServerFront): Collection[] {
  return front.received
    .filter(({ path }) => path.endsWith('/collect'))
    .map(({ body }) => collectionSchema.parse(JSON.parse(body.toString('utf8'))))
}

async function lastOf(front: ServerFront, type: Collection['type']): Promise<Collection['data']> {
  const found = await waitFor(type, () => collectionsAt(front).findLast((collection) => collection.type === type))
  return found.data
}

async function storedIds({ world, team }: Setting): Promise<string[]> {
  const rows = await world.db.$queryRaw<{ collection_id: string }[]>`
    SELECT collection_id FROM ts.collections WHERE team_id = ${team.id}::uuid`
  return rows.map((row) => row.collection_id)
}

async function saltOf(site: OperatorSite): Promise<string> {
  const encoded = await site.kubectl('get', 'secret', 'kube9-operator-names', '-o=jsonpath={.data.salt}')
  return saltSchema.parse(Buffer.from(encoded, 'base64').toString('utf8'))
}

const PLANTED = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: {
    name: 'acme-ledger',
    labels: { owner: 'jane.doe', team: 'acme-payroll' },
    annotations: { 'acme.example/contact': 'jane.doe@acme.example' },
  },
  spec: {
    replicas: 2,
    selector: { matchLabels: { app: 'acme-ledger' } },
    template: {
      metadata: { labels: { app: 'acme-ledger' } },
      spec: {
        nodeSelector: { acme: 'nowhere' },
        serviceAccountName: 'default',
        containers: [
          {
            name: 'acme-main',
            image: 'registry.corp/acme/ledger:9f8e7d',
            args: ['--password=sesame'],
            env: [{ name: 'ACME_TOKEN', value: 'sesame' }],
            resources: { requests: { cpu: '250m', memory: '300Mi' } },
          },
        ],
      },
    },
  },
}
const PLANTED_WORDS = ['acme', 'sesame', 'jane.doe', 'registry.corp', '9f8e7d', 'nowhere']

/** A Deployment whose pods no node takes, and a Service. */
async function plant({ cluster, site }: Setting): Promise<void> {
  await cluster.kubectl(['apply', '-n', site.namespace, '-f', '-'], { stdin: JSON.stringify(PLANTED) })
  await site.kubectl('create', 'service', 'nodeport', 'acme-web', '--tcp=80:8080')
  await waitFor('pods that cannot be placed', async () => {
    const fields = '-o=jsonpath={.items[*].status.conditions[*].reason}'
    return (await site.kubectl('get', 'pods', fields)) === 'Unschedulable Unschedulable'
  })
}

describe('what arrives', () => {
  test('is of the contract, of every type, soon after the registration, and again at the pace', async () => {
    const { front } = settingOf()
    const { status } = await connect(settingOf())
    const connectedAt = Date.now()
    await waitFor(
      'each type',
      () => new Set(collectionsAt(front).map(({ type }) => type)).size === collectionTypes.length,
    )
    expect(Date.now() - connectedAt).toBeLessThan(15_000)
    await waitFor('each type again', () => collectionsAt(front).length >= 2 * collectionTypes.length)
    for (const { type, data } of collectionsAt(front)) {
      expect(payloads[type].parse(data)).toEqual(data)
      expect(data).toMatchObject({ clusterId: status.clusterId, truncated: false })
    }
    const stored = await waitFor('all of it stored', async () => {
      const ids = await storedIds(settingOf())
      return ids.length >= 2 * collectionTypes.length && ids
    })
    expect(new Set(stored).size).toBe(stored.length)
  })

  test('tells workloads by the pseudonyms of the salt in the cluster', async () => {
    const { site, front } = settingOf()
    await plant(settingOf())
    await connect(settingOf())
    const names = await createPseudonymizer(await saltOf(site))
    const inventory = resourceInventorySchema.parse(await lastOf(front, 'resource-inventory'))
    const named = (kind: 'deployment', name: string) => names.pseudonymOf({ kind, namespace: site.namespace, name })
    const owner = await named('deployment', 'acme-ledger')
    expect(inventory.saltId).toBe(names.saltId)
    expect(inventory.workloads).toContainEqual({
      kind: 'deployment',
      name: owner,
      namespace: await names.pseudonymOf({ kind: 'namespace', namespace: null, name: site.namespace }),
      desired: 2,
      ready: 0,
      restarts: 0,
      createdAt: expect.any(String),
    })
    const troubled = inventory.troubledPods.filter((pod) => pod.owner === owner)
    expect(troubled).toHaveLength(2)
    expect(troubled[0]).toMatchObject({ phase: 'pending', trouble: 'Unschedulable', node: null })
    const patterns = configurationPatternsSchema.parse(await lastOf(front, 'resource-configuration-patterns'))
    expect(patterns).toMatchObject({ services: { NodePort: 1 }, requests: { cpuCores: 0.5, memoryMebibytes: 600 } })
    const { nodes } = clusterMetadataSchema.parse(await lastOf(front, 'cluster-metadata'))
    expect(nodes).toHaveLength(2)
  })

  test('holds no real name on the wire: not of the planted objects, not of nodes, namespaces or pods', async () => {
    const { cluster, front } = settingOf()
    await plant(settingOf())
    await connect(settingOf())
    for (const type of collectionTypes) await lastOf(front, type)
    const names = await cluster.kubectl(['get', 'nodes,namespaces,pods,deployments,services', '-A', '-o=name'])
    const real = names.split('\n').flatMap((line) => line.split('/')[1] ?? [])
    // Words of the protocol itself: `default` is one of a namespace too, and `kubernetes` of a Service.
    const telling = real.filter((name) => name.length > 3 && !['default', 'kubernetes'].includes(name))
    expect(telling.length).toBeGreaterThan(8)
    const wire = front.received.map(({ body }) => body.toString('utf8').toLowerCase()).join('\n')
    for (const word of [...telling, ...PLANTED_WORDS]) expect(wire).not.toContain(word)
  })
})

type SentRequest = { id: number; path: string; status: number | null }

describe('egress', () => {
  test('lists what left, and shows each body byte for byte as the server received it', async () => {
    const { site, front } = settingOf()
    const { key } = await connect(settingOf())
    for (const type of collectionTypes) await lastOf(front, type)
    await site.operator.end('SIGTERM')
    const list = await site.run(['egress', 'list', '--limit=500', '--format=json'])
    expect(list).toMatchObject({ code: 0, stderr: '' })
    const { requests } = JSON.parse(list.stdout) as { requests: SentRequest[] }
    const oldestFirst = requests.toReversed()
    for (const procedure of ['register', 'heartbeat', 'collect']) {
      // A beat and a collection are on their way at the same time, so only those of one kind have an order.
      const sent = oldestFirst.filter(({ path }) => path === `/trpc/operator/${procedure}`)
      const received = front.received.filter(({ path }) => path.endsWith(procedure))
      expect(received.length).toBeGreaterThan(0)
      expect(sent.length).toBeGreaterThanOrEqual(received.length)
      expect(sent.filter(({ status }) => status !== null).length).toBeLessThanOrEqual(received.length)
      const shown: string[] = []
      for (const { id } of sent.slice(0, Math.min(4, received.length))) {
        shown.push((await site.run(['egress', 'show', String(id)])).stdout)
      }
      expect(shown).toEqual(received.slice(0, 4).map(({ body }) => body.toString('utf8')))
    }
    const table = (await site.run(['egress', 'list'])).stdout
    expect(table).toMatch(/^ID +SENT +METHOD +PATH +BYTES +ANSWER\n/)
    expect(table).toMatch(/^\d+ +\d{4}-\S+ +POST +\/trpc\/operator\/heartbeat +\d+ +200$/m)
    expect(list.stdout + table).not.toContain(key.slice(0, 20))
  })

  test('what cannot be shown is JSON on stderr, and exit code 1', async () => {
    const { site } = settingOf()
    for (const args of [['show', '1'], ['show', 'all'], ['list', '--format=yaml'], []]) {
      const result = await site.run(['egress', ...args])
      expect(result).toMatchObject({ code: 1, stdout: '' })
      expect(queryFailureSchema.parse(JSON.parse(result.stderr)).details).not.toBe('')
    }
  })

  test('in operated mode says that nothing left, and nothing did', async () => {
    const { site, front } = settingOf()
    site.start()
    await site.statusWhere('healthy', (seen) => conditionOf(seen, 'ClusterHealthy').status === 'True')
    expect((await site.run(['egress', 'list'])).stdout).toBe('Nothing has left this cluster.\n')
    expect(front.paths).toEqual([])
  })
})

describe('what cannot be sent', () => {
  test('waits while the server is away, and is delivered once when it is back', async () => {
    const { front, site } = settingOf()
    await connect(settingOf())
    await waitFor('a collection', () => front.calls('collect') > 0)
    front.behaviour = { kind: 'cut' }
    await site.statusWhere('away', isAway)
    const waiting = async () =>
      /^kube9_operator_waiting_collections (\d+)$/m.exec((await site.operator.http('/metrics')).text)?.[1]
    await waitFor('a queue', async () => Number(await waiting()) >= 3)
    front.behaviour = { kind: 'pass' }
    await site.statusWhere('back', (seen) => isPro(seen) && !isAway(seen), 60_000)
    await waitFor('an empty queue', async () => Number(await waiting()) === 0)
    const ids = collectionsAt(front).map(({ data }) => data.collectionId)
    const stored = await storedIds(settingOf())
    expect(new Set(stored).size).toBe(stored.length)
    expect(stored).toEqual(expect.arrayContaining([...new Set(ids)].slice(0, -1)))
  })

  test('keeps its id and its bytes when an answer is lost, so that the server keeps it once', async () => {
    const { front, site } = settingOf()
    await connect(settingOf())
    front.behaviour = { kind: 'lose-answers', procedure: 'collect' }
    const bodies = () =>
      front.received.filter(({ path }) => path.endsWith('/collect')).map(({ body }) => body.toString())
    const repeated = await waitFor('a second try', () => bodies().find((body, at) => bodies().indexOf(body) !== at))
    front.behaviour = { kind: 'pass' }
    const { collectionId } = (JSON.parse(repeated) as Collection).data
    await waitFor('something newer', () => bodies().at(-1) !== repeated)
    expect((await storedIds(settingOf())).filter((id) => id === collectionId)).toHaveLength(1)
    const counted = await site.statusWhere('told', (seen) => seen.collectionStats.totalSuccessCount > 0)
    expect(counted.collectionStats.totalFailureCount).toBe(0)
  })
})

describe('what the status says', () => {
  test('fresh, with true counts, which go on after a restart', async () => {
    const { site } = settingOf()
    await connect(settingOf())
    const status = await site.statusWhere('fresh', (seen) => conditionOf(seen, 'CollectionsFresh').status === 'True')
    expect(conditionOf(status, 'CollectionsFresh').reason).toBe('Fresh')
    await site.operator.end('SIGTERM')
    const { collectionStats: before } = await site.status()
    expect(before.totalSuccessCount).toBe((await storedIds(settingOf())).length)
    expect(before).toMatchObject({ totalFailureCount: 0, collectionsStoredCount: before.totalSuccessCount })
    expect((await site.run(['status'])).stdout).toMatch(/^Collections \d+ delivered, 0 failed, last at 20/m)
    site.start()
    await site.statusWhere('going on', (seen) => seen.collectionStats.totalSuccessCount > before.totalSuccessCount)
  })
})

describe('the salt', () => {
  test('is made at the first start, also without a key, and survives restarts and keys', async () => {
    const { site, front } = settingOf()
    site.start()
    const salt = await waitFor('a salt', () => saltOf(site))
    await site.operator.end('SIGKILL')
    await connect(settingOf())
    const data = await lastOf(front, 'cluster-metadata')
    expect(await saltOf(site)).toBe(salt)
    expect(data['saltId']).toBe((await createPseudonymizer(salt)).saltId)
    expect(site.operator.log).not.toContain(salt)
    expect(JSON.stringify(await site.status())).not.toContain(salt)
  })

  test('of a reinstall is another one, so the history breaks there', async () => {
    const { cluster, site, front } = settingOf()
    await connect(settingOf())
    const before = await lastOf(front, 'cluster-metadata')
    await site.operator.end('SIGTERM')
    const salt = await saltOf(site)
    const secret = JSON.parse(await site.kubectl('get', 'secret', 'kube9-operator-names', '-o=json')) as {
      data?: object
    }
    await site.kubectl('delete', 'secret', 'kube9-operator-names')
    await cluster.kubectl(['create', '-n', site.namespace, '-f', '-'], {
      stdin: JSON.stringify({ ...secret, data: undefined, metadata: { name: 'kube9-operator-names' } }),
    })
    site.start()
    const after = await waitFor('a collection under another salt', () =>
      collectionsAt(front).find(({ data }) => data['saltId'] !== before['saltId']),
    )
    expect(await saltOf(site)).not.toBe(salt)
    expect(after.data.clusterId).toBe(before.clusterId)
  })

  test('that is none is reported in log and status and left alone, and only collections stop', async () => {
    const { front, site } = settingOf()
    const text = Buffer.from('a slip').toString('base64')
    await site.kubectl('patch', 'secret', 'kube9-operator-names', '--type=merge', `-p={"data":{"salt":"${text}"}}`)
    const { status: connected } = await connect(settingOf())
    expect(isPro(connected)).toBe(true)
    const named = (reason: string) => (seen: typeof connected) =>
      conditionOf(seen, 'CollectionsFresh').reason === reason
    const status = await site.statusWhere('without names', named('NamesUnusable'))
    expect(conditionOf(status, 'CollectionsFresh').message).toContain('Secret kube9-operator-names')
    expect(isPro(status)).toBe(true)
    expect(front.calls('collect')).toBe(0)
    expect(site.operator.log).toMatch(/"level":"error".*kube9-operator-names holds under salt what is no salt/)
    expect(await site.kubectl('get', 'secret', 'kube9-operator-names', '-o=jsonpath={.data.salt}')).toBe(text)
    await site.kubectl(
      'patch',
      'secret',
      'kube9-operator-names',
      '--type=json',
      '-p=[{"op":"remove","path":"/data/salt"}]',
    )
    await site.statusWhere('fresh', named('Fresh'), 60_000)
  })
})

test('with a key every right of the chart is used, and none that is missing is asked for', async () => {
  const { cluster, site } = settingOf()
  const user = `system:serviceaccount:${site.namespace}:${site.namespace}-kube9-operator`
  await connect(settingOf())
  await site.statusWhere('fresh', (seen) => conditionOf(seen, 'CollectionsFresh').reason === 'Fresh')
  await waitFor('the rights that wait for a key', async () => {
    const lines = (await cluster.audit()).filter((line) => line.user.username === user)
    const used = new Set(lines.map(({ verb, objectRef }) => `${verb} ${objectRef?.resource}/${objectRef?.name ?? ''}`))
    expect(lines.filter(({ responseStatus }) => responseStatus?.code === 403)).toEqual([])
    return ['list services/', 'patch secrets/kube9-operator-state', 'get secrets/kube9-operator-names'].every((right) =>
      used.has(right),
    )
  })
})
