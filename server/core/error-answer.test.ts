import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { errorBodySchema } from '#contract/errors.ts'
import { createDatabase } from '#server/platform/database.ts'
import { TestWorld } from '#test/context/test-world.ts'
import { errorAnswerOf } from './error-answer.ts'
import { ServiceError } from './errors.ts'

test('a database that cannot be reached is 503 with whole seconds to wait', async () => {
  const away = createDatabase({ url: 'postgresql://kube9_app:planted@127.0.0.1:9/none' })
  const error: unknown = await away.team.findFirst().catch((thrown: unknown) => thrown)
  const answer = errorAnswerOf(error, 'request-1')
  expect(answer).toMatchObject({ status: 503, body: { code: 'SERVICE_UNAVAILABLE', requestId: 'request-1' } })
  expect(answer.retryAfterSeconds).toSatisfy(Number.isInteger)
  expect(JSON.stringify(answer)).not.toContain('planted')
  await away.$disconnect()
})

test('a text that the database cannot store is for its sender to mend, and is no fault of ours', async () => {
  const world = await TestWorld.create()
  onTestFinished(() => world.close())
  const attempts = [
    world.db.team.updateMany({ data: { name: 'a\0b' } }),
    world.db.$executeRaw`SELECT ${'a\0b'}`,
    ...['a\0b', 'a\ud800b'].map((name) => world.db.$executeRaw`SELECT ${JSON.stringify({ name })}::jsonb`),
  ]
  for (const attempt of await Promise.allSettled(attempts)) {
    const answer = errorAnswerOf(attempt.status === 'rejected' ? attempt.reason : undefined, '')
    expect(answer).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } })
    expect(answer.body.message).toContain('NUL')
  }
})

test('what nobody expected says nothing of itself', () => {
  const { status, body } = errorAnswerOf(new Error('the secret is 42'), 'request-1')
  expect(status).toBe(500)
  expect(errorBodySchema.parse(body).message).not.toContain('42')
})

test('an input that is wrong names its first field', () => {
  const fault: unknown = z.object({ node: z.object({ count: z.int() }) }).safeParse({ node: { count: 'many' } }).error
  expect(errorAnswerOf(fault, '').body).toMatchObject({ code: 'INVALID_REQUEST', details: { field: 'node.count' } })
})

test('a time to wait is rounded up to whole seconds, and to an hour at most', () => {
  const waiting = (retryAfterSeconds: number) =>
    errorAnswerOf(new ServiceError('TOO_MANY_REQUESTS', 'later', { retryAfterSeconds }), '').retryAfterSeconds
  expect([waiting(0.2), waiting(12.1), waiting(1e9)]).toEqual([1, 13, 3600])
})
