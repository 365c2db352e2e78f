import { generateKeyPairSync, randomUUID, sign } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { clusterIdOf } from '#contract/cluster-identity.ts'
import { collectionSchema } from '#contract/collections.ts'
import type { CollectionReceipt } from '#contract/collections.ts'
import { ENTITLEMENT_LIFETIME_SECONDS } from '#contract/entitlement.ts'
import type { EntitlementClaims } from '#contract/entitlement.ts'
import type { HeartbeatResponse, RegisterRequest, RegisterResponse } from '#contract/operator-api.ts'
import { createCertificateAuthority } from '#scripts/cluster/authority.ts'

const KID = 'bench'

/** Far faster than any real server asks for, so that several of each type fall into what is measured. */
const COLLECTION_SECONDS = 15

export interface ServerPeer {
  url: string
  caPem: string
  /** How many heartbeats it has taken. */
  beats: () => number
  /** How many collections it has taken, and the largest of them in bytes. */
  collections: () => { count: number; largest: number }
  stop: () => void
}

/** Speaks the operator's half of the contract over TLS and keeps nothing, so that a bench needs no database. */
export async function startServerPeer(heartbeatSeconds: number): Promise<ServerPeer> {
  const authority = createCertificateAuthority('kube9 bench')
  const certificate = authority.issue({ names: ['localhost'], addresses: ['127.0.0.1'] })
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const jwks = { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: KID }] }
  let beats = 0
  let collections = { count: 0, largest: 0 }
  let identifier = ''
  const answerTo = (path: string, body: string): unknown => {
    if (path.endsWith('/jwks.json')) return jwks
    if (path.endsWith('/collect')) {
      collections = { count: collections.count + 1, largest: Math.max(collections.largest, Buffer.byteLength(body)) }
      return { result: { data: receiptOf(body) } }
    }
    if (path.endsWith('/register')) identifier = (JSON.parse(body) as RegisterRequest).clusterIdentifier
    else beats += 1
    const shared = { ...pace(heartbeatSeconds), entitlement: entitlementFor(identifier, privateKey) }
    const registered: RegisterResponse = {
      status: 'registered',
      clusterId: clusterIdOf(identifier),
      tier: 'pro',
      ...shared,
    }
    return { result: { data: path.endsWith('/register') ? registered : shared } }
  }
  const server = createServer({ cert: certificate.certPem, key: certificate.keyPem }, (req, res) => {
    const answer = async () => JSON.stringify(answerTo(req.url ?? '', await text(req)))
    answer().then(
      (json) => res.setHeader('content-type', 'application/json').end(json),
      (error: unknown) => res.destroy(error instanceof Error ? error : new Error(String(error))),
    )
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    caPem: authority.caPem,
    beats: () => beats,
    collections: () => collections,
    stop: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

/** Takes what the contract would take, and nothing else. */
function receiptOf(body: string): CollectionReceipt {
  const { data } = collectionSchema.parse(JSON.parse(body))
  return { status: 'accepted', collectionId: data.collectionId, stored: true }
}

function pace(nextHeartbeatSeconds: number): HeartbeatResponse {
  const configuration = {
    statusUpdateIntervalSeconds: 60,
    reregistrationIntervalHours: 24,
    metricsEnabled: true,
    metricsIntervalSeconds: COLLECTION_SECONDS,
  }
  return { nextHeartbeatSeconds, configuration }
}

function entitlementFor(ident: string, key: KeyObject): string {
  const iat = Math.floor(Date.now() / 1000)
  const claims: EntitlementClaims = {
    iss: 'bench',
    aud: 'kube9',
    typ: 'entitlement',
    sub: clusterIdOf(ident),
    ident,
    team: randomUUID(),
    tier: 'pro',
    features: [],
    iat,
    exp: iat + ENTITLEMENT_LIFETIME_SECONDS,
  }
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const signed = `${part({ alg: 'EdDSA', kid: KID })}.${part(claims)}`
  return `${signed}.${sign(null, Buffer.from(signed), key).toString('base64url')}`
}
