import type { Services } from '../services.ts'

/** Signs in by a port of this machine, where the browser runs here but does not know the editor. */
export async function run({ account }: Services): Promise<void> {
  await account.signIn('port')
}
