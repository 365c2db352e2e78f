import type { ConnectionDestination } from '#contract/portal-api.ts'

/** Names of editors by the scheme of their links. */
const products: Record<string, string> = {
  vscode: 'Visual Studio Code',
  'vscode-insiders': 'Visual Studio Code Insiders',
  vscodium: 'VSCodium',
  codium: 'VSCodium',
  'code-oss': 'Code - OSS',
  cursor: 'Cursor',
  windsurf: 'Windsurf',
  positron: 'Positron',
  trae: 'Trae',
  kiro: 'Kiro',
}

/** Where the sign-in goes, in words, and the part of its address that counts. */
export function destinationWords(destination: ConnectionDestination): { place: string; address: string | null } {
  switch (destination.kind) {
    case 'app':
      return {
        place: `${products[destination.scheme] ?? 'The editor'} on this computer`,
        address: `${destination.scheme}://`,
      }
    case 'web':
      return { place: 'The web editor at', address: destination.origin }
    case 'loopback':
      return { place: 'An editor on this computer', address: `127.0.0.1:${destination.port}` }
    case 'paste':
      return { place: 'This page, as a code that you paste into your editor', address: null }
  }
}
