import { env } from 'vscode'
import type { Uri } from 'vscode'

/**
 * Opens an address in the browser exactly as it is written: made into a Uri, an address within its query would be decoded. The editor asks
 * first where it does not trust the address.
 */
export async function openAddress(url: string): Promise<boolean> {
  return env.openExternal(url as unknown as Uri)
}
