import { connectRequestSchema, editorSchemes } from '#contract/extension-api.ts'
import type { ConnectionProposal } from '#contract/portal-api.ts'
import type { ServiceContext } from '#server/core/context.ts'
import { destinationOf, webOriginsOf, withAnswer } from './destination.ts'

/** What an editor asks for by the query of the consent page, for its reader to decide on. Nothing is made and nobody is led away. */
export function describeConnection({ env }: Pick<ServiceContext, 'env'>, query: unknown): ConnectionProposal {
  const parsed = connectRequestSchema.safeParse(query)
  const allowed = {
    schemes: [...editorSchemes],
    origins: webOriginsOf(env.editorOrigins),
  }
  if (!parsed.success) return { ok: false, fault: 'incomplete', allowed }
  const request = parsed.data
  const destination = destinationOf(request.redirect_uri, env.editorOrigins)
  if (!destination) return { ok: false, fault: 'destination', allowed }
  const denied = { error: 'access_denied', state: request.state }
  return {
    ok: true,
    request,
    destination,
    denyTo: destination.kind === 'paste' ? null : withAnswer(request.redirect_uri, denied),
  }
}
