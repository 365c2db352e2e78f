import { dictionary } from '@zxcvbn-ts/language-common'

let words: ReadonlySet<string> | undefined

/** The 49,000 passwords and the 7,800 words that guessing begins with, in lower case. Read when first needed. */
export function commonPasswords(): ReadonlySet<string> {
  words ??= new Set([...dictionary['passwords-common'], ...dictionary['diceware-common']])
  return words
}
