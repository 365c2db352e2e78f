import { describe, expect, it } from 'vitest'
import { KubeError } from '../kube/kube-error.ts'
import { RecordedApi } from '../names/recorded-api.ts'
import { ensureNamespace, findKeyPlace, isKeptByHelm, writeKey } from './key-secret.ts'

const KEY = 'kdy_dev_abc'
const place = { namespace: 'kube9-system', secret: 'kube9-operator-config' }
const SECRETS = '/api/v1/namespaces/kube9-system/secrets'
const DEPLOYMENTS = 'GET /apis/apps/v1/namespaces/kube9-system/deployments'
const refuse = (fault: 'forbidden' | 'other' | 'not-found', status: number) => () => {
  throw new KubeError(fault, `Status ${status}.`, { status })
}
const exists = refuse('other', 409)

describe('the key', () => {
  it('is written into a Secret that helm later removes by its name, and that is not helm’s own', async () => {
    const api = new RecordedApi({ [`POST ${SECRETS}`]: () => ({}) })
    await writeKey(api, place, KEY)
    expect(api.asked).toEqual([
      {
        path: SECRETS,
        request: {
          method: 'POST',
          query: {},
          body: {
            apiVersion: 'v1',
            kind: 'Secret',
            type: 'Opaque',
            metadata: {
              name: 'kube9-operator-config',
              labels: { 'app.kubernetes.io/name': 'kube9-operator', 'app.kubernetes.io/part-of': 'kube9' },
            },
            data: { apiKey: Buffer.from(KEY).toString('base64') },
          },
        },
      },
    ])
  })

  it('replaces the one in a Secret that is there, and leaves all else of it alone', async () => {
    const api = new RecordedApi({ [`POST ${SECRETS}`]: exists, [`PATCH ${SECRETS}/kube9-operator-config`]: () => ({}) })
    await writeKey(api, place, KEY)
    expect(api.asked.at(-1)?.request).toEqual({
      method: 'PATCH',
      contentType: 'application/merge-patch+json',
      query: {},
      body: { data: { apiKey: Buffer.from(KEY).toString('base64') } },
    })
  })

  it('is tried first without a change, also where the Secret is there', async () => {
    const api = new RecordedApi({ [`POST ${SECRETS}`]: exists, [`PATCH ${SECRETS}/kube9-operator-config`]: () => ({}) })
    await writeKey(api, place, 'kdy_trial', true)
    expect(api.asked.map(({ request }) => request.query)).toEqual([{ dryRun: 'All' }, { dryRun: 'All' }])
  })

  it('is refused by what the API server says', async () => {
    const api = new RecordedApi({ [`POST ${SECRETS}`]: refuse('forbidden', 403) })
    await expect(writeKey(api, place, KEY)).rejects.toMatchObject({ fault: 'forbidden' })
  })
})

describe('the namespace', () => {
  const POST = 'POST /api/v1/namespaces'
  const GET = 'GET /api/v1/namespaces/kube9-system'

  it('is made, or is there already', async () => {
    await expect(ensureNamespace(new RecordedApi({ [POST]: () => ({}) }), 'kube9-system')).resolves.toBeUndefined()
    await expect(ensureNamespace(new RecordedApi({ [POST]: exists }), 'kube9-system')).resolves.toBeUndefined()
  })

  it('need not be made by who may not, when it is there', async () => {
    const forbidden = refuse('forbidden', 403)
    const there = new RecordedApi({ [POST]: forbidden, [GET]: () => ({}) })
    await expect(ensureNamespace(there, 'kube9-system')).resolves.toBeUndefined()
    const missing = new RecordedApi({ [POST]: forbidden, [GET]: refuse('not-found', 404) })
    await expect(ensureNamespace(missing, 'kube9-system')).rejects.toMatchObject({ fault: 'forbidden' })
  })
})

describe('where an operator reads its key', () => {
  const deployment = (secretName: string) => ({
    items: [
      {
        spec: {
          template: {
            spec: {
              containers: [
                {
                  name: 'operator',
                  volumeMounts: [
                    { name: 'data', mountPath: '/data' },
                    { name: 'key', mountPath: '/etc/kube9/key' },
                  ],
                },
              ],
              volumes: [
                { name: 'data', emptyDir: {} },
                { name: 'key', secret: { secretName } },
              ],
            },
          },
        },
      },
    ],
  })

  it('is the Secret that its Deployment mounts, such as one of the person’s own', async () => {
    const api = new RecordedApi({ [DEPLOYMENTS]: () => deployment('kube9-api-key') })
    expect(await findKeyPlace(api, 'kube9-system')).toEqual({ namespace: 'kube9-system', secret: 'kube9-api-key' })
  })

  it('is the usual one where the Deployment may not be seen', async () => {
    const api = new RecordedApi({ [DEPLOYMENTS]: refuse('forbidden', 403) })
    expect(await findKeyPlace(api, 'kube9-system')).toEqual(place)
  })

  it('is known to belong to helm by its label', async () => {
    const path = `GET ${SECRETS}/kube9-operator-config`
    const labelled = (labels: object) => new RecordedApi({ [path]: () => ({ metadata: { labels } }) })
    expect(await isKeptByHelm(labelled({ 'app.kubernetes.io/managed-by': 'Helm' }), place)).toBe(true)
    expect(await isKeptByHelm(labelled({}), place)).toBe(false)
    expect(await isKeptByHelm(new RecordedApi({ [path]: refuse('not-found', 404) }), place)).toBe(false)
  })
})
