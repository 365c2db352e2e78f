import { readFile } from 'node:fs/promises'
import { KubeError } from './kube-error.ts'
import type { UserEntry } from './kubeconfig-schema.ts'

/** As client-go does, so that no token ends on its way. */
const ENDS_EARLY_MS = 10_000

/**
 * The token that a user of the kubeconfig has in a file, read anew each time, or by a login of the provider `oidc`. Null for
 * other users. Throws a `KubeError` for a login that has ended, and what `readFile` throws.
 */
export async function userToken(user: UserEntry): Promise<string | null> {
  // Who writes a token with `echo` or `kubectl create token` has a line end in its file.
  if (user.tokenFile) return (await readFile(user.tokenFile, 'utf8')).trim()
  const provider = user['auth-provider']
  return provider?.name === 'oidc' ? oidcToken(provider.config ?? {}) : null
}

/** Renewing it would change a refresh token that kubectl has to know, so that is left to kubectl, which writes both down. */
function oidcToken(config: Record<string, string>): string {
  const token = config['id-token']
  if (token && endOf(token) - ENDS_EARLY_MS > Date.now()) return token
  throw new KubeError('unauthenticated', 'The OIDC login of this context has ended.', {
    mend: 'Run kubectl once: it renews the login in the kubeconfig.',
  })
}

/** In ms since 1970; 0 for what is no JWT with an end. */
function endOf(token: string): number {
  try {
    const { exp } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { exp?: unknown }
    return typeof exp === 'number' ? exp * 1000 : 0
  } catch {
    return 0
  }
}
