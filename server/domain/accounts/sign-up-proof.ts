import { randomBytes } from 'node:crypto'
import type { ServiceContext } from '#server/core/context.ts'
import { createSealer } from '#server/platform/sealed.ts'

const PURPOSE = 'sign-up proof'

/**
 * What the browser that signed up keeps as a cookie, so that verification can tell it from every other one: the password
 * that was set at sign-up is only kept where both the mail's link and this proof come together.
 */
export function createSignUpProof(ctx: ServiceContext, tokenHash: Uint8Array): string {
  const sealed = createSealer(ctx.env.signingSecret, PURPOSE).seal(hex(tokenHash))
  return Buffer.from(sealed).toString('base64url')
}

/** For an address that is known already: looks the same and proves nothing. */
export function createEmptyProof(ctx: ServiceContext): string {
  return createSignUpProof(ctx, randomBytes(32))
}

export function provesSignUp(ctx: ServiceContext, proof: string | null, tokenHash: Uint8Array): boolean {
  if (proof === null) return false
  try {
    return createSealer(ctx.env.signingSecret, PURPOSE).open(Buffer.from(proof, 'base64url')) === hex(tokenHash)
  } catch {
    return false
  }
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}
