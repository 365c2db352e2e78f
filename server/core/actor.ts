import type { TeamRole } from '#server/platform/prisma/generated/enums.ts'

/** Who calls. One arm for each kind of caller; a verb's permission says which arms it takes. */
export type Actor =
  | { kind: 'anonymous' }
  | { kind: 'user'; userId: string; sessionId: string; memberships: readonly TeamMembership[] }
  | { kind: 'apiKey'; teamId: string; apiKeyId: string; scopes: readonly string[] }
  | { kind: 'system'; job: string }

export type TeamMembership = { teamId: string; role: TeamRole }
