/** A secret that stays here, and its hash that may be seen. */
export type Challenge = { verifier: string; challenge: string }

/** Throws where the browser has no cryptography: on a page that was not loaded securely. */
export async function createChallenge(): Promise<Challenge> {
  const verifier = base64Url(crypto.getRandomValues(new Uint8Array(32)))
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))
  return { verifier, challenge: base64Url(new Uint8Array(digest)) }
}

function base64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}
