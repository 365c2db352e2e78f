import { cache } from 'react'
import type { TeamSummary } from '#contract/portal-api.ts'
import { portalCaller } from '#server/trpc/portal-caller.ts'
import { ask } from './ask.ts'
import { requireUser } from './session.ts'

/** The team that an address names, as the reader may see it; once per request. Throws what the procedure throws. */
const readTeam = cache(async (slug: string): Promise<TeamSummary> => (await portalCaller()).team.get({ slug }))

/** The guard of every page of a team: signed in, and a member. `path` is the page's own, to come back to. */
export async function requireTeam(slug: string, path: string): Promise<TeamSummary> {
  await requireUser(`/${slug}/${path}`)
  return ask(() => readTeam(slug))
}

/** What the frame around a page may show, or null for who may not see the team: the page itself says so. */
export async function findTeam(slug: string): Promise<TeamSummary | null> {
  try {
    return await readTeam(slug)
  } catch {
    return null
  }
}
