import { window } from 'vscode'
import type { Services } from '../services.ts'

/** Asks to sign in, or says who is. */
export async function run({ account }: Services): Promise<void> {
  await account.ready()
  const { current } = account
  if (current) window.setStatusBarMessage(`You are signed in to kube9 as ${current.email}.`, 5_000)
  else await account.signIn()
}
