import { describe, expect, it } from 'vitest'
import { createPseudonymizer } from '#contract/pseudonyms.ts'
import type { Cluster } from '../cluster/cluster.ts'
import { KubeError } from '../kube/kube-error.ts'
import { findNames } from './find-names.ts'
import type { NamesAnswer } from './find-names.ts'
import { namedLists } from './named-lists.ts'
import { RecordedApi } from './recorded-api.ts'

const SALT = 'ab'.repeat(32)
const SECRET = 'GET /api/v1/namespaces/kube9-system/secrets/kube9-operator-names'
const secret = (salt: string) => ({ kind: 'Secret', data: { salt: Buffer.from(salt).toString('base64') } })
const forbidden = () => {
  throw new KubeError('forbidden', 'You may not.', { status: 403 })
}

/** A page as the API server writes it when it is asked for metadata alone. */
const page = (names: [string | null, string][], next = '') => ({
  kind: 'PartialObjectMetadataList',
  apiVersion: 'meta.k8s.io/v1',
  metadata: { resourceVersion: '812', ...(next ? { continue: next, remainingItemCount: 1 } : {}) },
  items: names.map(([namespace, name]) => ({
    metadata: {
      name,
      ...(namespace === null ? {} : { namespace }),
      uid: 'u',
      resourceVersion: '1',
      labels: { a: 'b' },
    },
  })),
})

const emptyLists = Object.fromEntries(
  namedLists.map(({ group, resource }) => [
    `GET ${group === '' ? '/api/v1' : `/apis/${group}/v1`}/${resource}`,
    () => page([]),
  ]),
)

function clusterWith(answers: ConstructorParameters<typeof RecordedApi>[0]) {
  const api = new RecordedApi({ [SECRET]: () => secret(SALT), ...emptyLists, ...answers })
  return { api, cluster: { api, operatorNamespace: 'kube9-system' } as unknown as Cluster }
}

async function ask(cluster: Cluster, saltId: string, isAgain = false) {
  const { signal } = new AbortController()
  const answers: NamesAnswer[] = []
  for await (const answer of findNames(cluster, { saltId, isAgain, signal })) answers.push(answer)
  const names = Object.assign({}, ...answers.map((answer) => (answer.kind === 'names' ? answer.names : {})))
  return { answers, names, refusal: answers.find((answer) => answer.kind === 'refused')?.refusal }
}

const pseudonymizer = await createPseudonymizer(SALT)
const { saltId } = pseudonymizer

describe('real names', () => {
  it('are computed from the live objects, in pages, exactly as the operator does', async () => {
    const { api, cluster } = clusterWith({
      'GET /api/v1/pods': ({ query }) =>
        query?.['continue'] === 'more' ? page([['b', 'web-2']]) : page([['a', 'web-1']], 'more'),
      'GET /api/v1/nodes': () => page([[null, 'worker-1']]),
    })
    const { names } = await ask(cluster, saltId)
    expect(names).toEqual({
      [await pseudonymizer.pseudonymOf({ kind: 'pod', namespace: 'a', name: 'web-1' })]: {
        namespace: 'a',
        name: 'web-1',
      },
      [await pseudonymizer.pseudonymOf({ kind: 'pod', namespace: 'b', name: 'web-2' })]: {
        namespace: 'b',
        name: 'web-2',
      },
      [await pseudonymizer.pseudonymOf({ kind: 'node', namespace: null, name: 'worker-1' })]: {
        namespace: null,
        name: 'worker-1',
      },
    })
    const lists = api.asked.slice(1)
    expect(lists.every(({ request }) => request.accept?.includes('PartialObjectMetadataList'))).toBe(true)
    expect(lists.every(({ request }) => Number(request.query?.['limit']) <= 500)).toBe(true)
  })

  it('are refused with the exact rule to who may not read the salt, and nothing is listed', async () => {
    const { api, cluster } = clusterWith({ [SECRET]: forbidden })
    expect((await ask(cluster, saltId)).refusal).toEqual({
      reason: 'forbidden',
      rbac: '{apiGroups: [""], resources: ["secrets"], resourceNames: ["kube9-operator-names"], verbs: ["get"]}',
    })
    expect(api.asked).toHaveLength(1)
  })

  it.each([
    ['another salt', () => secret('cd'.repeat(32))],
    ['a Secret that is not filled yet', () => ({ kind: 'Secret' })],
    [
      'no Secret',
      () => {
        throw new KubeError('not-found', 'Gone.', { status: 404 })
      },
    ],
  ])('stay away under %s', async (_name, answer) => {
    const { api, cluster } = clusterWith({ [SECRET]: answer })
    expect((await ask(cluster, saltId)).refusal).toEqual({ reason: 'other-salt' })
    expect(api.asked).toHaveLength(1)
  })

  it('come as far as they may be listed, with the rules for the rest', async () => {
    const { cluster } = clusterWith({
      'GET /api/v1/nodes': forbidden,
      'GET /apis/batch/v1/jobs': forbidden,
      'GET /api/v1/pods': () => page([['a', 'web-1']]),
    })
    const { names, refusal, answers } = await ask(cluster, saltId)
    expect(Object.values(names)).toEqual([{ namespace: 'a', name: 'web-1' }])
    expect(answers.at(-1)?.kind).toBe('refused')
    expect(refusal).toEqual({
      reason: 'forbidden',
      rbac: '{apiGroups: [""], resources: ["nodes"], verbs: ["list"]}\n{apiGroups: ["batch"], resources: ["jobs"], verbs: ["list"]}',
    })
  })

  it('begin a list again that grew too old between two pages', async () => {
    let restarts = 0
    const { cluster } = clusterWith({
      'GET /api/v1/pods': ({ query }) => {
        if (query?.['continue'] === undefined) return page([['a', 'web-1']], restarts === 0 ? 'old' : '')
        restarts += 1
        throw new KubeError('expired', 'Too old.', { status: 410 })
      },
    })
    expect(Object.values((await ask(cluster, saltId)).names)).toEqual([{ namespace: 'a', name: 'web-1' }])
    expect(restarts).toBe(1)
  })

  it('say that the cluster cannot be reached', async () => {
    const { cluster } = clusterWith({
      'GET /api/v1/pods': () => {
        throw new KubeError('unreachable', 'No answer.')
      },
    })
    expect((await ask(cluster, saltId)).refusal).toEqual({ reason: 'unreachable' })
  })

  it('are read anew for a page that asks again, and what came is kept for the next one', async () => {
    const pods: [string, string][] = [['a', 'web-1']]
    const { api, cluster } = clusterWith({ 'GET /api/v1/pods': () => page(pods) })
    await ask(cluster, saltId)
    pods.push(['a', 'web-2'])
    const again = await ask(cluster, saltId, true)
    expect(Object.values(again.names)).toEqual([
      { namespace: 'a', name: 'web-1' },
      { namespace: 'a', name: 'web-2' },
    ])
    const { length } = api.asked
    expect((await ask(cluster, saltId)).names).toEqual(again.names)
    expect(api.asked).toHaveLength(length)
  })

  it('are kept for the next page that asks, and not when some were refused', async () => {
    const whole = clusterWith({ 'GET /api/v1/pods': () => page([['a', 'web-1']]) })
    const first = await ask(whole.cluster, saltId)
    const { length } = whole.api.asked
    expect((await ask(whole.cluster, saltId)).names).toEqual(first.names)
    expect(whole.api.asked).toHaveLength(length)

    const partial = clusterWith({ 'GET /api/v1/nodes': forbidden })
    await ask(partial.cluster, saltId)
    await ask(partial.cluster, saltId)
    expect(partial.api.asked).toHaveLength(2 * (1 + namedLists.length))
  })
})
