import type { TeamRole } from '#server/platform/prisma/generated/enums.ts'

/** Who calls. One arm for each kind of caller; a verb's permission says which arms it takes. */
export type Actor =
  | { kind: 'anonymous' }
  | { kind: 'user'; userId: string; sessionId: string; memberships: readonly TeamMembership[] }
  | { kind: 'editor'; userId: string; editorId: string; memberships: readonly TeamMembership[] }
  /** A page inside an editor: it reads one cluster, for as long as the editor that opened it is connected. */
  | { kind: 'webview'; userId: string; editorId: string; teamId: string; clusterId: string }
  | { kind: 'apiKey'; teamId: string; apiKeyId: string; scopes: readonly string[] }
  | { kind: 'system'; job: string }

export type TeamMembership = { teamId: string; role: TeamRole }
