import { once } from 'node:events'
import { createServer as createHttpServer } from 'node:http'
import type { RequestListener, Server } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { afterEach } from 'vitest'
import { Credentials } from './credentials.ts'
import type { EditorProxy } from './credentials.ts'
import { HttpsKubeApi } from './https-kube-api.ts'
import { userEntrySchema } from './kubeconfig-schema.ts'
import type { ClusterEntry, UserEntry } from './kubeconfig-schema.ts'
import { selfSigned } from './self-signed.ts'

/** Servers of a test, closed with it, and APIs that ask them. */

const closing: (() => unknown)[] = []

afterEach(() => {
  for (const close of closing.splice(0)) close()
})

export async function listen(server: Server): Promise<number> {
  await once(server.listen(0, '127.0.0.1'), 'listening')
  closing.push(() => {
    server.close()
    server.closeAllConnections()
  })
  return (server.address() as AddressInfo).port
}

export async function serve(answer: RequestListener): Promise<string> {
  return `http://127.0.0.1:${await listen(createHttpServer(answer))}`
}

const certificate = selfSigned()
export const caData = Buffer.from(certificate.certPem).toString('base64')

export async function serveTls(answer: RequestListener): Promise<string> {
  const server = createHttpsServer({ cert: certificate.certPem, key: certificate.keyPem }, answer)
  return `https://127.0.0.1:${await listen(server)}`
}

interface Access {
  user?: Partial<UserEntry>
  cluster?: Partial<ClusterEntry>
  editorProxy?: EditorProxy
  watchIdleMs?: number
}

export function apiFor(server: string, { user, cluster, editorProxy, watchIdleMs }: Access = {}): HttpsKubeApi {
  const access = {
    name: 'test',
    clusterName: 'test',
    userName: 'me',
    namespace: null,
    cluster: { server, ...cluster },
    user: userEntrySchema.parse(user ?? { token: 'secret-token' }),
  }
  const credentials = new Credentials(access, () => editorProxy ?? { proxy: '', noProxy: [] })
  closing.push(() => credentials.close())
  return new HttpsKubeApi(server, async () => credentials, watchIdleMs === undefined ? {} : { watchIdleMs })
}

/** A refusal as the API server writes it. */
export function statusText(code: number, message: string): string {
  return JSON.stringify({ kind: 'Status', code, message })
}
