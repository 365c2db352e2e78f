import { randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SignJWT, exportJWK, generateKeyPair } from 'jose'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { clusterIdOf } from '#contract/cluster-identity.ts'
import { registerResponseSchema } from '#contract/operator-api.ts'
import { STATUS_CONFIG_MAP } from '#contract/operator-status.ts'
import type { WorkbenchWindow } from '#scripts/workbench/workbench-window.ts'
import { CONTEXT, NAMESPACE, startEditorHouse } from './editor-house.ts'
import type { EditorHouse, Person } from './editor-house.ts'
import { keepPictures } from './pictures.ts'
import { becomeMember, makeKey, waitForStanding } from './steps.ts'

/** Ends in hex that no cluster's own identifier has. */
const ELSEWHERE = `sha256:${randomBytes(32).toString('hex')}`

let house: EditorHouse
let person: Person
let window: WorkbenchWindow
/** What the real server gave to another cluster. */
let entitlement: string

beforeAll(async () => {
  house = await startEditorHouse()
  person = await house.newPerson()
  entitlement = await entitlementOfAnotherCluster()
  window = await person.openWindow()
  await window.openView('kube9')
  await waitForStanding(window, CONTEXT, 'Basic')
  await house.cluster.kubectl(['create', 'namespace', NAMESPACE])
})
afterAll(() => house?.stop())
beforeEach(() => keepPictures(() => house?.browser))

test('a status that says enabled without an entitlement grants nothing', async () => {
  await writeStatus({ entitlement: undefined })
  await expectRefused('The operator shows no entitlement, so Pro cannot be proven.')
})

test('an entitlement copied from another cluster grants nothing, together with that cluster’s id or not', async () => {
  await writeStatus({ entitlement, clusterId: clusterIdOf(ELSEWHERE) })
  await expectRefused('The entitlement belongs to another cluster.')
  await writeStatus({ entitlement, clusterId: await ownClusterId() })
  await expectRefused('The entitlement belongs to another cluster.')
})

test('an entitlement that was changed after it was signed grants nothing', async () => {
  const [header, payload = '', signature] = entitlement.split('.')
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>
  const changed = { ...claims, ident: await ownIdentifier(), sub: await ownClusterId() }
  const text = Buffer.from(JSON.stringify(changed)).toString('base64url')
  await writeStatus({ entitlement: [header, text, signature].join('.'), clusterId: await ownClusterId() })
  await expectRefused('The entitlement was changed after it was signed.')
})

test('a server that the status names is never asked, whatever it has signed', async () => {
  const asked: string[] = []
  const server = createServer((req, res) => {
    asked.push(req.url ?? '')
    res.end()
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const serverUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  await writeStatus({ entitlement: await signElsewhere(serverUrl), clusterId: await ownClusterId(), serverUrl })
  await expectRefused(`The entitlement is signed with a key that ${new URL(house.wire.url).host} does not publish.`)
  expect(asked).toEqual([])
  server.close()
})

test('a status that cannot be read leaves the cluster basic, with a warning', async () => {
  await writeText('{')
  await waitForStanding(window, CONTEXT, 'Basic', 'not JSON')
})

async function expectRefused(reason: string): Promise<void> {
  await waitForStanding(window, CONTEXT, 'Degraded', reason)
  expect(await window.row(CONTEXT).textContent()).not.toContain('Pro  ·')
}

async function writeStatus(change: Record<string, unknown>): Promise<void> {
  await writeText(
    JSON.stringify({
      mode: 'enabled',
      tier: 'pro',
      version: '9.9.9',
      health: 'healthy',
      lastUpdate: new Date().toISOString(),
      registered: true,
      error: null,
      serverUrl: house.wire.url,
      ...change,
    }),
  )
}

async function writeText(status: string): Promise<void> {
  const { name, labels } = STATUS_CONFIG_MAP
  const metadata = { name, labels, namespace: NAMESPACE }
  const configMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { status } }
  await house.cluster.kubectl(['apply', '-f', '-'], { stdin: JSON.stringify(configMap) })
}

async function entitlementOfAnotherCluster(): Promise<string> {
  const member = await becomeMember(house, person)
  const answer = await fetch(`${house.wire.url}/v1/operator/register`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await makeKey(member, 'another cluster')}`,
      'content-type': 'application/json',
      'user-agent': 'kube9-operator/0.1.0',
    },
    body: JSON.stringify({
      operatorVersion: '0.1.0',
      clusterIdentifier: ELSEWHERE,
      kubernetesVersion: 'v1.35.4',
      approximateNodeCount: 3,
      instanceId: randomUUID(),
    }),
  })
  return registerResponseSchema.parse(await answer.json()).entitlement ?? ''
}

async function signElsewhere(iss: string): Promise<string> {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519' })
  const kid = (await exportJWK(publicKey)).x ?? ''
  const claims = {
    aud: 'kube9',
    typ: 'entitlement',
    tier: 'pro',
    features: [],
    team: randomUUID(),
    iss: new URL(iss).host,
    sub: await ownClusterId(),
    ident: await ownIdentifier(),
  }
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'EdDSA', kid })
    .setIssuedAt()
    .setExpirationTime('72h')
    .sign(privateKey)
}

async function ownIdentifier(): Promise<string> {
  const uid = await house.cluster.kubectl(['get', 'namespace', 'kube-system', '-o=jsonpath={.metadata.uid}'])
  const digest = await crypto.subtle.digest('SHA-256', Buffer.from(uid))
  return `sha256:${Buffer.from(digest).toString('hex')}`
}

async function ownClusterId(): Promise<string> {
  return clusterIdOf(await ownIdentifier())
}
