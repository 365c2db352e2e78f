import { mkdir, stat } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright'
import { ensureChromium } from '#scripts/parts/chromium.ts'
import { startDemoProcess } from './demo-process.ts'
import type { DemoProcess } from './demo-process.ts'
import { takePictures } from './take-pictures.ts'

// npm run screenshots   starts the demo with its editor, and takes the pictures of the documentation anew

const FOLDER = fileURLToPath(new URL('../../docs/images', import.meta.url))
const MAX_BYTES = 300 * 1024

const { executablePath, args } = await ensureChromium()
const browser = await chromium.launch({ executablePath, args })
let demo: DemoProcess | undefined
try {
  demo = await startDemoProcess((line) => console.log(line))
  const { facts } = demo
  const context = await browser.newContext({ viewport: { width: 1200, height: 750 }, deviceScaleFactor: 1.5 })
  context.setDefaultTimeout(60_000)
  await mkdir(FOLDER, { recursive: true })
  await takePictures(context, facts, async (name, page) => {
    const path = `${FOLDER}/${name}.png`
    // What the pointer rests on would explain itself.
    await page.mouse.move(0, 0)
    await page.locator('.workbench-hover').waitFor({ state: 'detached' })
    await page.screenshot({ path, animations: 'disabled' })
    const { size } = await stat(path)
    if (size > MAX_BYTES) throw new Error(`${path} has ${size} bytes; ${MAX_BYTES} are the most a picture may have.`)
    console.log(`docs/images/${name}.png  ${Math.round(size / 1024)} KiB`)
  })
} finally {
  await browser.close()
  await demo?.stop()
}
