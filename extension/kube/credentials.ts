import { readFile } from 'node:fs/promises'
import type { OutgoingHttpHeaders } from 'node:http'
import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import type { AgentOptions, RequestOptions } from 'node:https'
import * as tls from 'node:tls'
import { KubeConfig } from '@kubernetes/client-node'
import { ExecCredentialSource } from './exec-credential.ts'
import type { ExecCredential } from './exec-credential.ts'
import { KubeError } from './kube-error.ts'
import { loginShellPath } from './login-shell-path.ts'
import { proxyFor } from './proxy.ts'
import type { ProxySettings } from './proxy.ts'
import type { ContextAccess } from './read-kubeconfig.ts'
import { TunnelAgent } from './tunnel-agent.ts'
import { userToken } from './user-token.ts'

/** The editor's share of how a request travels. */
export type EditorProxy = ProxySettings['editor']

export interface Passage {
  /** Keeps its connections. */
  agent: HttpAgent
  /** Makes a connection for each request, so that none has died unseen while it was kept. */
  freshAgent: HttpAgent
  headers: OutgoingHttpHeaders
  /** What a credential plugin gave, to be forgotten when it is refused. */
  credential: ExecCredential | null
}

type Agents = Pick<Passage, 'agent' | 'freshAgent'>
type Material = Pick<RequestOptions, 'ca' | 'cert' | 'key'>

/**
 * How requests of one context travel and what they show. Certificates and tokens are read anew each time, since files rotate; the
 * agents, and with them every connection, stay as long as they are the same.
 */
export class Credentials {
  readonly #access: ContextAccess
  readonly #editorProxy: () => EditorProxy
  readonly #kubeConfig: KubeConfig
  readonly #exec: ExecCredentialSource | null
  #agents: Agents | null = null
  #agentsKey = ''

  constructor(access: ContextAccess, editorProxy: () => EditorProxy) {
    this.#access = access
    this.#editorProxy = editorProxy
    this.#kubeConfig = toKubeConfig(access)
    this.#exec = access.user.exec
      ? new ExecCredentialSource(access.user.exec, { clusterInfo: () => clusterInfoOf(access), path: loginShellPath })
      : null
  }

  /** Throws a `KubeError`. */
  async passage(): Promise<Passage> {
    const credential = this.#exec ? await this.#exec.get() : null
    const options: RequestOptions = {}
    let token: string | null
    try {
      token = credential?.token ?? (await userToken(this.#access.user))
      await this.#kubeConfig.applyToHTTPSOptions(options)
    } catch (error) {
      throw credentialFault(error)
    }
    const material: Material = {
      ca: options.ca,
      cert: credential?.clientCertificateData ?? options.cert,
      key: credential?.clientKeyData ?? options.key,
    }
    return { ...this.#agentsFor(material, options), headers: this.#headers(options, token), credential }
  }

  /** The API server refused it: the next passage asks the plugin anew. */
  forget(credential: ExecCredential): void {
    this.#exec?.forget(credential)
  }

  /** The API server refused what a plugin gave anew as well: nobody is asked again before a person wants it. */
  refuse(reason: unknown): never {
    if (this.#exec) return this.#exec.refuse(reason)
    throw reason
  }

  /** A person asks: a plugin that failed may run again. */
  retry(): void {
    this.#exec?.retry()
  }

  close(): void {
    this.#agents?.agent.destroy()
    this.#agents?.freshAgent.destroy()
  }

  #headers(options: RequestOptions, token: string | null): OutgoingHttpHeaders {
    const { user } = this.#access
    const headers: OutgoingHttpHeaders = { ...(options.headers as OutgoingHttpHeaders) }
    if (options.auth) headers['Authorization'] = `Basic ${Buffer.from(options.auth).toString('base64')}`
    if (token) headers['Authorization'] = `Bearer ${token}`
    if (user['as-uid']) headers['Impersonate-Uid'] = user['as-uid']
    if (user['as-groups']?.length) headers['Impersonate-Group'] = user['as-groups']
    for (const [name, values] of Object.entries(user['as-user-extra'] ?? {}))
      headers[`Impersonate-Extra-${name}`] = values
    return headers
  }

  #agentsFor(material: Material, options: RequestOptions): Agents {
    const server = new URL(this.#access.cluster.server)
    const proxy = proxyFor(server, {
      kubeconfig: this.#access.cluster['proxy-url'] || null,
      env: process.env,
      editor: this.#editorProxy(),
    })
    const key = JSON.stringify([material.ca, material.cert, material.key].map(String).concat(proxy?.href ?? ''))
    if (this.#agents && key === this.#agentsKey) return this.#agents
    if (this.#agents) retire(this.#agents.agent)
    this.#agentsKey = key
    this.#agents = makeAgents(server, proxy, { material, options })
    return this.#agents
  }
}

/** Lets what is under way come to its end, such as a log that somebody follows while a certificate rotates. */
function retire(agent: HttpAgent): void {
  Object.assign(agent, { keepAlive: false })
  for (const socket of Object.values(agent.freeSockets).flatMap((sockets) => sockets ?? [])) socket.destroy()
}

function makeAgents(
  server: URL,
  proxy: URL | null,
  { material, options }: { material: Material; options: RequestOptions },
): Agents {
  const keep = { keepAlive: true, keepAliveMsecs: 30_000, maxFreeSockets: 4 }
  if (server.protocol === 'http:') return { agent: new HttpAgent(keep), freshAgent: new HttpAgent() }
  const trust = secure(material)
  if (options.rejectUnauthorized === false) trust.rejectUnauthorized = false
  if (options.servername) trust.servername = options.servername
  const make = (agent: AgentOptions) => (proxy ? new TunnelAgent(proxy, agent) : new HttpsAgent(agent))
  return { agent: make({ ...keep, ...trust }), freshAgent: make(trust) }
}

/** One context for all connections: the agent's pool would otherwise carry every certificate in the name of each. */
function secure({ ca, cert, key }: Material): AgentOptions {
  try {
    return { secureContext: tls.createSecureContext({ ca: ca ?? systemRoots(), cert, key }) }
  } catch (error) {
    throw credentialFault(error)
  }
}

let roots: string[] | undefined

/** A cluster without a CA of its own is believed by the roots of Node and of the system, as kubectl does. */
function systemRoots(): string[] {
  // Not in the Node of VS Code 1.100.
  const read = tls.getCACertificates as typeof tls.getCACertificates | undefined
  return (roots ??= read ? [...new Set([...read('default'), ...read('system')])] : [...tls.rootCertificates])
}

/** Without tokens that lie elsewhere and credential plugins, which client-node treats otherwise than kubectl. */
function toKubeConfig({ name, clusterName, userName, cluster, user }: ContextAccess): KubeConfig {
  const kubeConfig = new KubeConfig()
  const provider = user['auth-provider'] ?? undefined
  const authProvider = provider?.name === 'oidc' ? undefined : provider
  kubeConfig.loadFromOptions({
    currentContext: name,
    contexts: [{ name, cluster: clusterName, user: userName || 'nobody' }],
    clusters: [
      {
        name: clusterName,
        server: cluster.server,
        caFile: cluster['certificate-authority'] ?? undefined,
        caData: cluster['certificate-authority-data'] ?? undefined,
        // client-node refuses plain http without it; it means nothing there.
        skipTLSVerify: cluster['insecure-skip-tls-verify'] === true || cluster.server.startsWith('http:'),
        tlsServerName: cluster['tls-server-name'] ?? undefined,
      },
    ],
    users: [
      {
        name: userName || 'nobody',
        certFile: user['client-certificate'] ?? undefined,
        certData: user['client-certificate-data'] ?? undefined,
        keyFile: user['client-key'] ?? undefined,
        keyData: user['client-key-data'] ?? undefined,
        token: user.tokenFile ? undefined : (user.token ?? undefined),
        username: user.username ?? undefined,
        password: user.password ?? undefined,
        impersonateUser: user.as ?? undefined,
        authProvider,
      },
    ],
  })
  return kubeConfig
}

const EXEC_EXTENSION = 'client.authentication.k8s.io/exec'

/** What client-go tells a plugin with `provideClusterInfo`. Throws a `KubeError`. */
async function clusterInfoOf({ cluster }: ContextAccess): Promise<object> {
  const file = cluster['certificate-authority']
  const data = cluster['certificate-authority-data']
  return {
    server: cluster.server,
    'certificate-authority-data': data || (file ? await readBase64(file) : undefined),
    'insecure-skip-tls-verify': cluster['insecure-skip-tls-verify'] ?? undefined,
    'tls-server-name': cluster['tls-server-name'] ?? undefined,
    'proxy-url': cluster['proxy-url'] ?? undefined,
    config: cluster.extensions?.find(({ name }) => name === EXEC_EXTENSION)?.extension,
  }
}

async function readBase64(file: string): Promise<string> {
  try {
    return await readFile(file, 'base64')
  } catch (error) {
    throw credentialFault(error)
  }
}

function credentialFault(error: unknown): KubeError {
  if (error instanceof KubeError) return error
  const { code, path, message } = error as NodeJS.ErrnoException
  if (path) {
    const what = code === 'ENOENT' ? 'is missing' : 'cannot be read'
    return new KubeError('unauthenticated', `A file that the kubeconfig names ${what}: ${path}.`, {
      mend: 'Restore the file, or mend its path in the kubeconfig.',
    })
  }
  return new KubeError('unauthenticated', `The credentials of this context cannot be used: ${message}.`, {
    mend: 'Check certificate, key and token of the user in the kubeconfig.',
  })
}
