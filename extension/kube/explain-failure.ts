import { z } from 'zod'
import { KubeError } from './kube-error.ts'
import type { KubeFault } from './kube-error.ts'

const statusSchema = z.object({ message: z.string(), reason: z.string().nullish(), code: z.int().nullish() })

const FORBIDDEN =
  /cannot (?<verb>\w+) resource "(?<resource>[^"]+)" in API group "(?<group>[^"]*)"(?: in the namespace "(?<namespace>[^"]+)")?/

const NETWORK: Record<string, { what: string; mend: string }> = {
  ECONNREFUSED: { what: 'refused the connection', mend: 'Check that the cluster runs and that its address is right.' },
  ECONNRESET: { what: 'broke the connection', mend: 'Look again; if it stays, check VPN, proxy and firewall.' },
  EPIPE: { what: 'broke the connection', mend: 'Look again; if it stays, check VPN, proxy and firewall.' },
  ENOTFOUND: {
    what: 'has a name that is not known',
    mend: 'Check the address in the kubeconfig, and whether a VPN is needed.',
  },
  EAI_AGAIN: {
    what: 'has a name that could not be looked up',
    mend: 'Check the network; name resolution does not answer.',
  },
  ETIMEDOUT: { what: 'did not answer in time', mend: 'Check VPN, proxy and firewall, and whether the cluster runs.' },
  EHOSTUNREACH: {
    what: 'cannot be reached from this network',
    mend: 'Check the network, and whether a VPN is needed.',
  },
  ENETUNREACH: { what: 'cannot be reached from this network', mend: 'Check the network, and whether a VPN is needed.' },
  EPROXY: {
    what: 'is behind a proxy that refused',
    mend: 'Check proxy-url in the kubeconfig, HTTPS_PROXY and http.proxy.',
  },
  EPROXYTIMEOUT: {
    what: 'is behind a proxy that did not answer',
    mend: 'Check proxy-url in the kubeconfig, HTTPS_PROXY and http.proxy.',
  },
  CERT_HAS_EXPIRED: { what: 'shows a certificate that has expired', mend: 'Renew the certificate of the API server.' },
  DEPTH_ZERO_SELF_SIGNED_CERT: {
    what: 'shows a certificate that nobody vouches for',
    mend: 'Put its CA into certificate-authority-data of the kubeconfig.',
  },
  SELF_SIGNED_CERT_IN_CHAIN: {
    what: 'shows a certificate of an unknown CA',
    mend: 'Put the CA into certificate-authority-data of the kubeconfig.',
  },
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: {
    what: 'shows a certificate of an unknown CA',
    mend: 'Put the CA into certificate-authority-data of the kubeconfig.',
  },
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: {
    what: 'shows a certificate of an unknown CA',
    mend: 'Put the CA into certificate-authority-data of the kubeconfig.',
  },
  CERT_SIGNATURE_FAILURE: {
    what: 'shows a certificate that the kubeconfig’s CA did not sign',
    mend: 'The cluster may have been made anew: fetch its kubeconfig again.',
  },
  ERR_TLS_CERT_ALTNAME_INVALID: {
    what: 'shows a certificate for another name',
    mend: 'Check the address, or set tls-server-name in the kubeconfig.',
  },
  EPROTO: { what: 'does not speak TLS as expected', mend: 'Check http or https and the port of its address.' },
  ERR_SSL_WRONG_VERSION_NUMBER: {
    what: 'does not speak TLS',
    mend: 'Check http or https and the port of its address.',
  },
}

/** No answer came. `server` is the address in the kubeconfig. */
export function explainSilence(server: string, error: unknown): KubeError {
  const code = codeOf(error)
  const known = NETWORK[code]
  const what = known?.what ?? `gave no answer (${code || (error instanceof Error ? error.message : String(error))})`
  return new KubeError('unreachable', `${server} ${what}.`, { ...(known ? { mend: known.mend } : {}), cause: error })
}

export function explainTimeout(server: string, timeoutMs: number): KubeError {
  return new KubeError('unreachable', `${server} did not answer within ${timeoutMs / 1000} s.`, {
    mend: NETWORK['ETIMEDOUT']?.mend ?? '',
  })
}

/** The API server refused. `body` is a Status as it writes it, or what something in between wrote. */
export function explainRefusal(status: number, body: string): KubeError {
  const message = messageOf(body)
  if (status === 403) return explainForbidden(message)
  if (status === 401) {
    return new KubeError('unauthenticated', 'The cluster does not accept these credentials.', {
      status,
      mend: 'Sign in again (by running kubectl once, say), or fetch the kubeconfig anew.',
    })
  }
  return new KubeError(faultOf(status), message || `The API server answered ${status}.`, { status })
}

function faultOf(status: number): KubeFault {
  if (status === 404) return 'not-found'
  return status === 410 ? 'expired' : 'other'
}

function explainForbidden(message: string): KubeError {
  const groups = FORBIDDEN.exec(message)?.groups
  if (!groups) return new KubeError('forbidden', message || 'The cluster forbids this.', { status: 403 })
  const { verb = '', resource = '', group = '', namespace } = groups
  const where = namespace ? `in the namespace ${namespace}` : 'in the whole cluster'
  const role = namespace ? `a Role of the namespace ${namespace}` : 'a ClusterRole'
  return new KubeError('forbidden', `You may not ${verb} ${resource} ${where}.`, {
    status: 403,
    mend: `Ask for this rule in ${role}: ${ruleOf(group, resource, verb)}`,
    rbac: ruleOf(group, resource, verb),
  })
}

function ruleOf(group: string, resource: string, verb: string): string {
  return `{apiGroups: ["${group}"], resources: ["${resource}"], verbs: ["${verb}"]}`
}

function messageOf(body: string): string {
  try {
    return statusSchema.parse(JSON.parse(body)).message
  } catch {
    return body.slice(0, 200).trim()
  }
}

function codeOf(error: unknown): string {
  const { code, errors, cause } = error as { code?: string; errors?: { code?: string }[]; cause?: { code?: string } }
  return code ?? errors?.[0]?.code ?? cause?.code ?? ''
}
