/** Proxies in the order in which they count: the kubeconfig's own, the environment's, the editor's. */
export interface ProxySettings {
  kubeconfig: string | null
  env: NodeJS.ProcessEnv
  /** VS Code's `http.proxy` and `http.noProxy`. */
  editor: { proxy: string; noProxy: readonly string[] }
}

/** Where a request to `server` goes through, or null when it goes there directly. */
export function proxyFor(server: URL, { kubeconfig, env, editor }: ProxySettings): URL | null {
  if (kubeconfig) return toUrl(kubeconfig)
  if (isLoopback(server.hostname)) return null
  const noProxy = [...(read(env, 'no_proxy') ?? '').split(/[\s,]+/), ...editor.noProxy].filter(Boolean)
  if (noProxy.some((rule) => matches(rule, server))) return null
  const ofEnvironment = read(env, server.protocol === 'http:' ? 'http_proxy' : 'https_proxy') ?? read(env, 'all_proxy')
  return toUrl(ofEnvironment || editor.proxy)
}

function read(env: NodeJS.ProcessEnv, name: string): string | undefined {
  return env[name] || env[name.toUpperCase()]
}

function toUrl(text: string | undefined): URL | null {
  if (!text) return null
  const url = /^[a-z][a-z0-9]*:\/\//i.test(text) ? text : `http://${text}`
  // Not `URL.parse`, which the Node of VS Code 1.100 lacks.
  return URL.canParse(url) ? new URL(url) : null
}

/** Go never sends these through a proxy of the environment, and so neither does kubectl. */
function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname)
}

/** `*`, a host, `.domain` and `*.domain` with what is below it, an address, a CIDR; each with or without a port. */
function matches(rule: string, { hostname, port, protocol }: URL): boolean {
  if (rule === '*') return true
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase()
  const [, wanted = '', wantedPort] = /^(.*?)(?::(\d+))?$/.exec(rule.toLowerCase()) ?? []
  if (wantedPort && wantedPort !== (port || (protocol === 'http:' ? '80' : '443'))) return false
  if (wanted.includes('/')) return isInNetwork(host, wanted)
  const domain = wanted.replace(/^\*?\./, '')
  return host === domain || host.endsWith(`.${domain}`)
}

function isInNetwork(host: string, network: string): boolean {
  const [base = '', bits = ''] = network.split('/')
  const [address, start] = [toNumber(host), toNumber(base)]
  if (address === null || start === null) return false
  const size = 2 ** (32 - Number(bits))
  return Math.floor(address / size) === Math.floor(start / size)
}

function toNumber(address: string): number | null {
  const parts = address.split('.').map(Number)
  if (parts.length !== 4 || parts.some((part) => !(part >= 0 && part <= 255))) return null
  return parts.reduce((sum, part) => sum * 256 + part, 0)
}
