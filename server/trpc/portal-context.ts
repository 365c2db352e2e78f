import type { PortalRequest } from '#server/auth/portal-request.ts'

/** What procedures of the portal have beside the verbs' context. */
export type PortalContext = PortalRequest
