import { chromium } from 'playwright'
import { afterEach, expect, test } from 'vitest'
import { ensureChromium } from '#scripts/parts/chromium.ts'
import { freePort } from '#scripts/postgres/free-port.ts'
import { WorkbenchWindow } from '#scripts/workbench/workbench-window.ts'
import { Start, processesUsing } from '#test/start/run-start.ts'
import { waitForStanding } from './steps.ts'

let demo: Start | undefined

afterEach(() => demo?.kill())

test('npm run demo -- --editor brings a VS Code along that shows its cluster as Pro, and leaves nothing behind', async () => {
  const ports = {
    PORTAL_PORT: String(await freePort()),
    API_PORT: String(await freePort()),
    EDITOR_PORT: String(await freePort()),
  }
  demo = new Start({ script: 'scripts/demo.mjs', args: ['--editor'], env: ports })
  await demo.untilSaid('Ctrl-C stops everything')
  const editorUrl = /Editor +(\S+)/.exec(demo.stdout)?.[1] ?? ''
  const portalUrl = /Portal +(\S+)/.exec(demo.stdout)?.[1] ?? ''
  const { executablePath, args } = await ensureChromium()
  const browser = await chromium.launch({ executablePath, args })
  const context = await browser.newContext()
  const window = await WorkbenchWindow.open(context, editorUrl)
  await window.openView('kube9')
  await waitForStanding(window, 'kube9-demo', 'Pro')
  const opening = context.waitForEvent('page')
  await window.run('kube9: Sign In')
  const portal = await opening
  await portal.getByRole('button', { name: 'Sign in', exact: true }).waitFor()
  expect(new URL(portal.url()).origin).toBe(new URL(portalUrl).origin)
  await browser.close()
  demo.interrupt()
  expect(await demo.end()).toBe(0)
  expect(demo.stderr).toBe('')
  expect(processesUsing(`PORTAL_PORT=${ports.PORTAL_PORT}`)).toEqual([])
})
