import { env, window } from 'vscode'

/** Copies, and says so for a moment. */
export async function copyText(text: string, done: string): Promise<void> {
  await env.clipboard.writeText(text)
  window.setStatusBarMessage(done, 3_000)
}
