import type { Services } from '../services.ts'

/** Ends the sign-in of this editor, here and on the server. */
export async function run({ account }: Services): Promise<void> {
  await account.signOut()
}
