import type { Services } from '../services.ts'

/** Signs in by a code that the portal shows, where the browser finds no way back to the editor. */
export async function run({ account }: Services): Promise<void> {
  await account.signIn('code')
}
