import type { FastifyRequest } from 'fastify'
import type { Actor } from '#server/core/actor.ts'
import type { ServiceContext } from '#server/core/context.ts'
import { ServiceError } from '#server/core/errors.ts'
import { findEditorCaller, findWebviewCaller } from '#server/domain/editors/index.ts'
import { contextOf } from './caller.ts'
import type { ApiServices } from './services.ts'

const BEARER = /^Bearer +([A-Za-z0-9_-]{43}) *$/i

/**
 * The context of a request of an editor or of a page inside one, read anew from its bearer token; no cookie is ever read.
 * Throws UNAUTHENTICATED for any other caller, and what the database throws while it is away, which is answered as 503.
 */
export async function editorContextOf(services: ApiServices, req: FastifyRequest): Promise<ServiceContext> {
  const ctx = contextOf(services, req)
  const token = BEARER.exec(req.headers.authorization ?? '')?.[1]
  const actor = token === undefined ? null : await findActor(ctx, token)
  if (!actor)
    throw new ServiceError('UNAUTHENTICATED', 'This sign-in has ended. Sign in to kube9 again in your editor.')
  return { ...ctx, actor }
}

async function findActor(ctx: ServiceContext, token: string): Promise<Actor | null> {
  return (await findEditorCaller(ctx, token)) ?? (await findWebviewCaller(ctx, token))
}
