import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { canListen } from '#scripts/postgres/can-listen.ts'

const MODULE = fileURLToPath(new URL('embedded-database.ts', import.meta.url))
const SECRETS = fileURLToPath(new URL('secrets.ts', import.meta.url))

test('a temporary database ends with the process that started it, also when that is killed', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kube9-temporary-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 20 }))
  await chmod(folder, 0o755)
  await mkdir(join(folder, 'logs'))
  const program = `
    import { startEmbeddedDatabase } from ${JSON.stringify(MODULE)}
    import { readOrMakeSecrets } from ${JSON.stringify(SECRETS)}
    const folder = ${JSON.stringify(folder)}
    const { url } = await startEmbeddedDatabase(folder, readOrMakeSecrets(folder), true)
    console.log(new URL(url).port)
    setInterval(() => undefined, 1_000)`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [text] = (await once(child.stdout, 'data')) as [Buffer]
  const port = Number(text.toString())
  expect(await canListen(port)).toBe(false)
  child.kill('SIGKILL')
  await expect.poll(() => canListen(port)).toBe(true)
})
