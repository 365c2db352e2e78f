import { editorSchemes, EXTENSION_AUTHORITY, EXTENSION_CALLBACK_PATH, PASTE_REDIRECT } from '#contract/extension-api.ts'
import type { ConnectionDestination } from '#contract/portal-api.ts'

const PRINTABLE = /^[\x21-\x7e]+$/
const LOOPBACK = /^http:\/\/127\.0\.0\.1:([1-9]\d{0,4})\/callback$/
const MAX_PORT = 65_535
/** Where a web editor hears of answers: below its commit, or at its root. Other paths of its origin may be those of other people. */
const WEB_CALLBACK = /^\/(?:[\w.-]+\/)?callback$/
/** What the answer itself says: an address that holds one already would say it twice. */
const ANSWER_NAMES = ['code', 'state', 'error']

/**
 * Where a code may go, or null for every address that is not exactly one of those allowed. `editorOrigins` are the origins
 * of web editors that the installation names.
 */
export function destinationOf(redirectUri: string, editorOrigins: readonly string[]): ConnectionDestination | null {
  if (redirectUri === PASTE_REDIRECT) return { kind: 'paste' }
  const port = Number(LOOPBACK.exec(redirectUri)?.[1] ?? 0)
  if (port > 0 && port <= MAX_PORT) return { kind: 'loopback', port }
  const url = PRINTABLE.test(redirectUri) ? URL.parse(redirectUri) : null
  return url && isPlain(url, redirectUri) ? (appOf(url) ?? webEditorOf(url, editorOrigins)) : null
}

/** A parser forgives a fragment, a user name or a backslash; none of these belongs into an address of ours. */
function isPlain(url: URL, text: string): boolean {
  const hasUser = url.username !== '' || url.password !== ''
  return !hasUser && !/[#\\]/.test(text) && !ANSWER_NAMES.some((name) => url.searchParams.has(name))
}

function appOf(url: URL): ConnectionDestination | null {
  const scheme = editorSchemes.find((candidate) => url.protocol === `${candidate}:`)
  const isOurs = url.host === EXTENSION_AUTHORITY && url.pathname === EXTENSION_CALLBACK_PATH
  return scheme !== undefined && isOurs ? { kind: 'app', scheme } : null
}

function webEditorOf(url: URL, editorOrigins: readonly string[]): ConnectionDestination | null {
  const { origin, pathname, searchParams } = url
  const isOurs =
    WEB_CALLBACK.test(pathname) &&
    searchParams.get('vscode-authority') === EXTENSION_AUTHORITY &&
    searchParams.get('vscode-path') === EXTENSION_CALLBACK_PATH
  return isWeb(url) && isOurs && webOriginsOf(editorOrigins).includes(origin) ? { kind: 'web', origin } : null
}

/** Those of the installation's editor origins that a browser can go to. */
export function webOriginsOf(editorOrigins: readonly string[]): string[] {
  return editorOrigins.flatMap((text) => {
    const url = URL.parse(text)
    return url && isWeb(url) ? [url.origin] : []
  })
}

/** The origin of any other scheme reads "null", and is equal to that of every other. */
function isWeb({ protocol }: URL): boolean {
  return protocol === 'https:' || protocol === 'http:'
}

/** Adds an answer to an address and leaves the query that it has as it is, byte for byte. Values are base64url or words. */
export function withAnswer(redirectUri: string, answer: Record<string, string>): string {
  const url = new URL(redirectUri)
  const added = new URLSearchParams(answer).toString()
  url.search = url.search === '' ? added : `${url.search}&${added}`
  return url.href
}
