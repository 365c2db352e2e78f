import { ServiceError } from '#server/core/errors.ts'
import { commonPasswords } from '#server/platform/common-passwords.ts'

/** Characters beside a common word that make it no harder to guess: a year, a few digits, an exclamation mark. */
const CHEAP_EXTRA_CHARACTERS = 6
const MIN_DISTINCT_CHARACTERS = 5
const LOOKALIKES: Record<string, string> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
}

/**
 * Throws INVALID_REQUEST for a password that guessing tries early: one of the common list, a common word with a few digits
 * or signs around it, a short piece repeated, or the person's own address. Length is the schema's matter.
 */
export function refuseWeakPassword(password: string, email: string): void {
  const plain = password.normalize('NFKC').toLowerCase()
  if (isGuessedEarly(plain))
    throw weak('This password is one of those that are tried first. Choose another, such as a few unrelated words.')
  if (namesItsOwner(plain, email))
    throw weak('This password is made of your address. Choose another, such as a few unrelated words.')
}

function isGuessedEarly(plain: string): boolean {
  if (new Set(plain).size < MIN_DISTINCT_CHARACTERS) return true
  return [plain, shortestPiece(plain)].some((text) => isCommon(text) || isCommon(withoutLookalikes(text)))
}

function isCommon(text: string): boolean {
  const word = text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
  const common = commonPasswords()
  return common.has(text) || (text.length - word.length <= CHEAP_EXTRA_CHARACTERS && common.has(word))
}

function withoutLookalikes(text: string): string {
  return text.replace(/[013457@$!]/g, (character) => LOOKALIKES[character] ?? character)
}

/** `abcabcabc` is `abc`; a text that is no repetition is itself. */
function shortestPiece(text: string): string {
  const period = (text + text).indexOf(text, 1)
  return text.slice(0, period)
}

function namesItsOwner(plain: string, email: string): boolean {
  const [local = '', domain = ''] = email.split('@')
  const rest = [email, local, domain.split('.')[0] ?? '', 'kube9'].reduce(
    (text, name) => (name.length >= 3 ? text.replaceAll(name, '') : text),
    plain,
  )
  return rest.length < plain.length && rest.length <= CHEAP_EXTRA_CHARACTERS
}

function weak(message: string): ServiceError {
  return new ServiceError('INVALID_REQUEST', message, { details: { field: 'password', issue: message } })
}
