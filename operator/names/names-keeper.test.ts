import { beforeEach, describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { createPseudonymizer, generateSalt, saltSchema } from '#contract/pseudonyms.ts'
import type { KubernetesApi, KubernetesRequest } from '../kube/kubernetes-api.ts'
import { KubernetesError } from '../kube/kubernetes-error.ts'
import { createLog } from '../log.ts'
import { NamesKeeper, namesFault } from './names-keeper.ts'

/** A Secret that only takes what was written for its present version, as the API server does. */
let secret: { version: number; salt: string | undefined }
let beforePatch: () => void
let lines: string
let refusal: KubernetesError | null

const base64 = (text: string) => Buffer.from(text).toString('base64')
const api = {
  call: <T>(_path: string, schema: z.ZodType<T>, { method, body }: KubernetesRequest = {}): Promise<T> => {
    if (refusal) return Promise.reject(refusal)
    if (method === 'PATCH') {
      beforePatch()
      const patch = body as { metadata: { resourceVersion: string }; data: { salt: string } }
      if (patch.metadata.resourceVersion !== String(secret.version)) {
        return Promise.reject(new KubernetesError(409, 'the object has been modified'))
      }
      secret = { version: secret.version + 1, salt: patch.data.salt }
    }
    const data = secret.salt === undefined ? {} : { data: { salt: secret.salt } }
    return Promise.resolve(schema.parse({ metadata: { resourceVersion: String(secret.version) }, ...data }))
  },
} as unknown as KubernetesApi

let keeper: NamesKeeper
beforeEach(() => {
  ;[secret, beforePatch, lines, refusal] = [{ version: 1, salt: undefined }, () => undefined, '', null]
  keeper = new NamesKeeper(
    api,
    'kube9-system',
    createLog('info', (line) => (lines += line)),
  )
})

const saltNow = () => Buffer.from(secret.salt ?? '', 'base64').toString()
async function saltIdOf(salt: string): Promise<string> {
  return (await createPseudonymizer(salt)).saltId
}

describe('a Secret without a salt', () => {
  test.each([[undefined], ['']])('gets one, once, where the key is %j', async (salt) => {
    secret.salt = salt
    expect(await keeper.load()).toMatchObject({ kind: 'ready' })
    const made = saltSchema.parse(saltNow())
    expect(await keeper.load()).toMatchObject({ pseudonymizer: { saltId: await saltIdOf(made) } })
    expect(saltNow()).toBe(made)
    expect(lines).not.toContain(made)
  })

  test('that somebody fills at the same moment keeps theirs', async () => {
    const theirs = generateSalt()
    beforePatch = () => {
      if (secret.version === 1) secret = { version: 2, salt: base64(theirs) }
    }
    expect(await keeper.load()).toMatchObject({ pseudonymizer: { saltId: await saltIdOf(theirs) } })
    expect(saltNow()).toBe(theirs)
  })
})

describe('a salt that is there', () => {
  test('is used, and used anew when its owner changes it', async () => {
    for (const salt of [generateSalt(), generateSalt()]) {
      secret = { version: secret.version + 1, salt: base64(salt) }
      expect(await keeper.load()).toMatchObject({ pseudonymizer: { saltId: await saltIdOf(salt) } })
    }
  })

  test.each(['a slip', 'AB'.repeat(32), `${'ab'.repeat(32)}\n`])(
    'but is none, %j, is said and left alone',
    async (text) => {
      secret.salt = base64(text)
      const names = await keeper.load()
      await keeper.load()
      expect(names).toEqual({ kind: 'malformed' })
      expect(saltNow()).toBe(text)
      expect(namesFault(names)).toContain('left as it is')
      expect(lines.match(/holds under salt what is no salt/g)).toHaveLength(1)
      expect(lines).not.toContain(text.trim())
    },
  )
})

test('a Secret that may not be read is said with what mends it', async () => {
  refusal = new KubernetesError(403, 'secrets "kube9-operator-names" is forbidden')
  expect(namesFault(await keeper.load())).toMatch(/Check that it exists and the operator's Role.*forbidden/)
})
