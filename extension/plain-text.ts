/**
 * The text with nothing in it that the editor's messages make a link of: "[words](command:…)" runs any command at a click, and a
 * text may hold the words of a cluster, a webhook or a file.
 */
export function plainText(text: string): string {
  return text.replaceAll('](', '] (')
}
