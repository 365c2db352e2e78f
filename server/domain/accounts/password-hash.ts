import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

/** OWASP's parameters for argon2id: 19 MiB, two passes, one lane. About 20 ms of one core. */
const MEMORY_KIB = 19_456
const PASSES = 2
const PARALLELISM = 1
const TAG_BYTES = 32
const SALT_BYTES = 16

const PHC = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/

type Parameters = { memory: number; passes: number; parallelism: number; salt: Buffer }
const derive = promisify(argon2)

/** Hashes a password into the PHC form, `$argon2id$v=19$m=…`, which carries its own parameters. Runs outside the event loop. */
export async function hashPassword(password: string): Promise<string> {
  const parameters = { memory: MEMORY_KIB, passes: PASSES, parallelism: PARALLELISM, salt: randomBytes(SALT_BYTES) }
  const tag = await deriveTag(password, parameters, TAG_BYTES)
  return `$argon2id$v=19$m=${MEMORY_KIB},t=${PASSES},p=${PARALLELISM}$${unpadded(parameters.salt)}$${unpadded(tag)}`
}

/** Whether a password is the one of `hash`. Without a hash it works as long and says no, so that time does not tell who has an account. */
export async function verifyPassword(password: string, hash: string | null): Promise<boolean> {
  const [, memory, passes, parallelism, salt, tag] = PHC.exec(hash ?? '') ?? []
  if (salt === undefined || tag === undefined) {
    await hashPassword(password)
    return false
  }
  const expected = Buffer.from(tag, 'base64')
  const parameters = {
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    salt: Buffer.from(salt, 'base64'),
  }
  return timingSafeEqual(await deriveTag(password, parameters, expected.length), expected)
}

// The same characters may be typed as different code points on different keyboards.
async function deriveTag(password: string, parameters: Parameters, tagLength: number): Promise<Buffer> {
  const { salt, ...cost } = parameters
  return derive('argon2id', { message: password.normalize('NFKC'), nonce: salt, tagLength, ...cost })
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '')
}
