import { expect, test } from 'vitest'
import { generateApiKey } from '#contract/api-key.ts'
import { createLog } from './log.ts'

test('a key, a bearer token and a signed token never reach the log, wherever they stand', () => {
  const lines: string[] = []
  const log = createLog('info', (line) => lines.push(line))
  const key = generateApiKey('prod')
  log.error(`refused ${key}`, { error: `Bearer ${key}`, token: 'eyJhbGciOiJFZERTQSJ9.eyJpc3MiOiJ4In0.c2lnbmF0dXJl' })
  expect(lines).toHaveLength(1)
  expect(lines[0]).not.toMatch(/kdy_|eyJ/)
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 'error', message: 'refused [secret]' })
})

test('lines below the level are left out', () => {
  const lines: string[] = []
  const log = createLog('warn', (line) => lines.push(line))
  log.info('quiet')
  log.warn('loud')
  expect(lines.map((line) => (JSON.parse(line) as { message: string }).message)).toEqual(['loud'])
})
