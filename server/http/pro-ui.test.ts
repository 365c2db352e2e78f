import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clusterPagePath } from '#contract/extension-api.ts'
import { errorBodySchema } from '#contract/errors.ts'
import { askApi, startApi } from '#test/context/start-api.ts'
import type { TestApi } from '#test/context/start-api.ts'
import { testEnv } from '#test/context/test-env.ts'
import { TestWorld } from '#test/context/test-world.ts'

const html = '<!doctype html><title>kube9</title><script type="module" src="/ui/assets/main-1a2b.js"></script>'
const script = 'console.log("a cluster")'
const page = clusterPagePath({ teamId: '019b1c00-0000-7000-8000-000000000001', clusterId: `cls_${'0'.repeat(32)}` })

let folder: string
let world: TestWorld
let api: TestApi
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kube9-ui-'))
  await mkdir(join(folder, 'ui', 'assets', 'fonts'), { recursive: true })
  await writeFile(join(folder, 'secret.txt'), 'outside of the folder')
  await writeFile(join(folder, 'ui', 'index.html'), html)
  await writeFile(join(folder, 'ui', 'assets', 'main-1a2b.js'), script)
  await writeFile(join(folder, 'ui', 'assets', 'fonts', 'icons-3c4d.ttf'), 'a font')
  world = await TestWorld.create()
  const env = testEnv(world.database.appUrl, {
    UI_DIR: join(folder, 'ui'),
    EDITOR_ORIGINS: 'https://editor.example.com/, http://127.0.0.1:8080',
  })
  api = await startApi(world, { env })
})
afterAll(async () => {
  await api.close()
  await world.close()
  await rm(folder, { recursive: true })
})

describe('the Pro page', () => {
  test('is the same document for every id, and is asked for anew each time', async () => {
    const [one, other] = [await askApi(api, page), await askApi(api, '/ui/teams/any/clusters/thing')]
    expect([one.text, other.text]).toEqual([html, html])
    expect(one.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(one.headers.get('cache-control')).toBe('no-cache')
    const known = await askApi(api, page, { headers: { 'if-none-match': one.headers.get('etag') ?? '' } })
    expect([known.status, known.text]).toEqual([304, ''])
  })

  test('may be framed by editors alone, and runs files of its own server alone', async () => {
    const { headers } = await askApi(api, page)
    const policy = Object.fromEntries(
      (headers.get('content-security-policy') ?? '').split('; ').map((part) => {
        const [name = '', ...sources] = part.split(' ')
        return [name, sources]
      }),
    )
    const { 'frame-ancestors': ancestors = [], ...rest } = policy
    expect(rest).toEqual({
      'default-src': ["'none'"],
      'script-src': ["'self'"],
      'style-src': ["'self'"],
      'style-src-attr': ["'unsafe-inline'"],
      'img-src': ["'self'", 'data:'],
      'font-src': ["'self'"],
      'connect-src': ["'self'"],
      'base-uri': ["'none'"],
      'form-action': ["'none'"],
    })
    expect(ancestors).toContain('vscode-webview:')
    expect(ancestors.slice(-2)).toEqual(['https://editor.example.com', 'http://127.0.0.1:8080'])
    expect(ancestors.filter((source) => /^(\*|https?:|'self')$/.test(source))).toEqual([])
    expect(Object.fromEntries(headers)).toMatchObject({
      'cross-origin-resource-policy': 'cross-origin',
      'cross-origin-embedder-policy': 'require-corp',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    })
    expect(headers.get('x-frame-options')).toBeNull()
    expect(headers.get('set-cookie')).toBeNull()
  })

  test.each([
    ['main-1a2b.js', 'text/javascript; charset=utf-8', script],
    ['fonts/icons-3c4d.ttf', 'font/ttf', 'a font'],
  ])('has the asset %s, which never changes under its name', async (name, type, text) => {
    const answer = await askApi(api, `/ui/assets/${name}`)
    expect([answer.status, answer.text]).toEqual([200, text])
    expect(answer.headers.get('content-type')).toBe(type)
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(answer.headers.get('cross-origin-resource-policy')).toBe('cross-origin')
    const plain = await askApi(api, `/ui/assets/${name}`, { headers: { 'accept-encoding': 'identity' } })
    expect(plain.headers.get('content-encoding')).toBeNull()
    expect(answer.headers.get('content-encoding')).toBe('gzip')
    expect(plain.headers.get('etag')).not.toBe(answer.headers.get('etag'))
  })

  test.each([
    '/ui/assets/gone-9z.js',
    '/ui/assets/..%2f..%2fsecret.txt',
    '/ui/assets/%2e%2e/index.html',
    '/ui/secret.txt',
  ])('has nothing at %s', async (path) => {
    const answer = await askApi(api, path)
    expect(answer.status).toBe(404)
    expect(errorBodySchema.parse(JSON.parse(answer.text)).code).toBe('NOT_FOUND')
  })
})

test.each([{}, { UI_DIR: '/nothing/here' }])(
  'without a built page (%o) the server runs, and says what is missing',
  async (variables) => {
    const bare = await startApi(world, { env: testEnv(world.database.appUrl, variables) })
    for (const path of ['/ui', page, '/ui/assets/main-1a2b.js']) {
      const answer = await askApi(bare, path)
      expect(answer.status).toBe(404)
      expect(errorBodySchema.parse(JSON.parse(answer.text)).message).toContain('UI_DIR')
    }
    expect((await askApi(bare, '/readyz')).status).toBe(200)
    await bare.close()
  },
)
