import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFailed } from 'vitest'
import type { Browser } from 'playwright'

const FOLDER = fileURLToPath(new URL('../../test-results/editor', import.meta.url))

/** Keeps a picture of every page when the test that calls it fails, since what an editor shows cannot be told by its log. */
export function keepPictures(browser: () => Browser | undefined): void {
  onTestFailed(async ({ task }) => {
    mkdirSync(FOLDER, { recursive: true })
    const pages =
      browser()
        ?.contexts()
        .flatMap((context) => context.pages()) ?? []
    const name = task.name.replaceAll(/[^\w]+/g, '-').slice(0, 60)
    await Promise.all(pages.map((page, at) => page.screenshot({ path: join(FOLDER, `${name}-${at}.png`) })))
  })
}
