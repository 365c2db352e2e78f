import { z } from 'zod'
import { clusterReferenceSchema } from './cluster-report.ts'
import { clusterStateSchema, teamSummarySchema } from './portal-api.ts'

/** The extension's name at the marketplace; its URI handler answers `<scheme>://alto9.kube9-vscode/auth`. */
export const EXTENSION_ID = 'Alto9.kube9-vscode'
export const EXTENSION_AUTHORITY = 'alto9.kube9-vscode'
export const EXTENSION_CALLBACK_PATH = '/auth'

/** Schemes of the editors that our extension is known to run in. */
export const editorSchemes = [
  'vscode',
  'vscode-insiders',
  'vscodium',
  'codium',
  'code-oss',
  'code-server',
  'cursor',
  'windsurf',
  'positron',
  'trae',
  'kiro',
] as const

/** In the place of a redirect address: the portal's page shows the code, and the person pastes it into the editor. */
export const PASTE_REDIRECT = 'urn:kube9:paste'

/** Path of the portal's page that asks for consent. */
export const CONNECT_PATH = '/connect/vscode'

export const AUTHORIZATION_CODE_SECONDS = 60
export const ACCESS_TOKEN_SECONDS = 900
/** A refresh token that is shown again within this time gets the same successor: two windows refreshed at once. */
export const REFRESH_REPEAT_SECONDS = 30
/** An editor that did not come back for this long has to sign in again. */
export const EDITOR_IDLE_DAYS = 60

/** 32 bytes, base64url. */
const secret = z.string().regex(/^[A-Za-z0-9_-]{43}$/)
/** RFC 7636: 43 to 128 unreserved characters. */
export const codeVerifierSchema = z.string().regex(/^[A-Za-z0-9._~-]{43,128}$/)
/** BASE64URL(SHA-256(verifier)). */
export const codeChallengeSchema = secret

/** Characters that are not seen, or that turn the text around them. */
const unseen = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/u

/** Query of the consent page. `editor` is what the editor calls itself, for people to read. */
export const connectRequestSchema = z.object({
  redirect_uri: z.string().min(1).max(2048),
  state: z.string().regex(/^[A-Za-z0-9_-]{22,128}$/),
  code_challenge: codeChallengeSchema,
  code_challenge_method: z.literal('S256'),
  editor: z
    .string()
    .trim()
    .min(1)
    .max(64)
    .refine((name) => !unseen.test(name))
    .catch('An editor'),
})
export type ConnectRequest = z.infer<typeof connectRequestSchema>

/** `POST /v1/extension/token`. */
export const tokenRequestSchema = z.discriminatedUnion('grantType', [
  z.object({
    grantType: z.literal('authorization_code'),
    code: secret,
    codeVerifier: codeVerifierSchema,
    redirectUri: z.string().min(1).max(2048),
  }),
  z.object({ grantType: z.literal('refresh_token'), refreshToken: secret }),
])
export type TokenRequest = z.infer<typeof tokenRequestSchema>

export const tokenResponseSchema = z.object({
  accessToken: secret,
  expiresInSeconds: z.int().positive(),
  refreshToken: secret,
})
export type TokenResponse = z.infer<typeof tokenResponseSchema>

/** `POST /v1/extension/revoke`: ends the connected editor that a refresh token belongs to. Always answers the same. */
export const revokeRequestSchema = z.object({ refreshToken: secret })
export const revokeResponseSchema = z.object({ status: z.literal('revoked') })

export const WEBVIEW_CODE_SECONDS = 60
export const WEBVIEW_TOKEN_SECONDS = 900

/** `POST /v1/extension/webview-token`, sent by the page inside the editor. The verifier never left that page. */
export const webviewTokenRequestSchema = z.object({ code: secret, verifier: codeVerifierSchema })
export const webviewTokenResponseSchema = clusterReferenceSchema.extend({
  accessToken: secret,
  expiresInSeconds: z.int().positive(),
})
export type WebviewTokenResponse = z.infer<typeof webviewTokenResponseSchema>

/** Who is signed in, and where things are. */
export const accountSchema = z.object({
  userId: z.uuid(),
  email: z.string(),
  teams: z.array(teamSummarySchema),
  addresses: z.object({ portal: z.url(), charts: z.url(), api: z.url() }),
})
export type Account = z.infer<typeof accountSchema>

/**
 * What the server says of a cluster that an entitlement names, beside the token itself. `refusal` is for people, with the page
 * that mends it. `NOT_FOUND` is answered when it is no cluster of a team of the caller's.
 */
export const clusterStandingSchema = z.object({
  teamId: z.uuid(),
  teamName: z.string(),
  state: clusterStateSchema,
  pro: z.boolean(),
  refusal: z.object({ message: z.string(), manageUrl: z.url() }).nullable(),
})
export type ClusterStanding = z.infer<typeof clusterStandingSchema>

/** A key for "Install operator". It goes into the cluster's Secret and is shown nowhere. */
export const installationKeyInputSchema = z.object({ teamId: z.uuid(), name: z.string().trim().min(1).max(64) })
export const installationKeySchema = z.object({ keyId: z.uuid(), key: z.string(), masked: z.string() })
export type InstallationKey = z.infer<typeof installationKeySchema>

export const webviewCodeInputSchema = clusterReferenceSchema.extend({ challenge: codeChallengeSchema })
export const webviewCodeSchema = z.object({ code: secret, expiresInSeconds: z.int().positive() })
export type WebviewCode = z.infer<typeof webviewCodeSchema>

/** Where the page inside the editor hears of changes: `?teamId=…&clusterId=…`, Bearer, text/event-stream. */
export const WEBVIEW_EVENTS_PATH = '/v1/extension/events'

/** Address of a cluster's page, the same document for every id. */
export function clusterPagePath({ teamId, clusterId }: { teamId: string; clusterId: string }): string {
  return `/ui/teams/${teamId}/clusters/${clusterId}`
}
