import type { ExtensionContext } from 'vscode'

/** Called once by the editor. Everything that is heavy is loaded when it is first used. */
export function activate(_context: ExtensionContext): void {}
