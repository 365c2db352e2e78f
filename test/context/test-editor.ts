import { createHash, randomBytes } from 'node:crypto'
import type { TokenResponse } from '#contract/extension-api.ts'
import type { Actor } from '#server/core/actor.ts'
import { createSession, findSession } from '#server/domain/accounts/index.ts'
import { authoriseConnection, redeemCode } from '#server/domain/editors/index.ts'
import type { TestTeam, TestWorld } from './test-world.ts'

export const EDITOR_ADDRESS = 'vscode://alto9.kube9-vscode/auth'

export type Person = Extract<Actor, { kind: 'user' }>

/** The owner of a team in a browser that is really signed in, as the consent page asks for. */
export async function ownerInBrowser(world: TestWorld, team: TestTeam): Promise<Person> {
  if (team.owner.kind !== 'user') throw new Error('The owner of a team is a person.')
  const ctx = world.context({ kind: 'anonymous' })
  const { token } = await createSession(ctx, { userId: team.owner.userId, client: { userAgent: null } })
  const found = await findSession(ctx, token)
  if (!found) throw new Error('A session that was just made is not found.')
  return found.actor
}

/** A secret of an editor or of a page inside one, and what may be shown of it. */
export function createProof(): { verifier: string; challenge: string } {
  const verifier = randomBytes(32).toString('base64url')
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') }
}

/** A click on "Connect": the code, and all that it is bound to. */
export async function allowEditor(world: TestWorld, person: Person, redirectUri = EDITOR_ADDRESS) {
  const { verifier, challenge } = createProof()
  const grant = await authoriseConnection(world.context(person), {
    redirect_uri: redirectUri,
    state: randomBytes(32).toString('base64url'),
    code_challenge: challenge,
    code_challenge_method: 'S256',
    editor: 'Code - OSS',
  })
  const code = grant.kind === 'paste' ? grant.code : new URL(grant.redirectTo).searchParams.get('code')
  return { code: code ?? '', codeVerifier: verifier, redirectUri }
}

/** An editor that went the whole way. */
export async function connectEditor(world: TestWorld, person: Person): Promise<TokenResponse> {
  const grant = await allowEditor(world, person)
  return redeemCode(world.context({ kind: 'anonymous' }), { ...grant, clientAddress: '127.0.0.1' })
}
