import { existsSync } from 'node:fs'
import { afterEach, expect, test } from 'vitest'
import { freePort } from '#scripts/postgres/free-port.ts'
import { Start, processesUsing } from '#test/start/run-start.ts'

let demo: Start | undefined

afterEach(() => demo?.kill())

test('npm run demo brings a connected cluster along, says everywhere that it is a demo, and leaves nothing behind', async () => {
  const ports = { PORTAL_PORT: String(await freePort()), API_PORT: String(await freePort()) }
  demo = new Start({ script: 'scripts/demo.mjs', env: ports })
  await demo.untilSaid('The kube9 demo is ready')
  expect(demo.stderr).toBe('')
  expect(demo.stdout).toMatch(/Sign in +demo@kube9\.example +password: \S+/)
  expect(demo.stdout).toContain('nothing of it is kept')
  const landing = await fetch(`http://localhost:${ports.PORTAL_PORT}/`)
  expect(await landing.text()).toMatch(/demo/i)
  const kubeconfig = /KUBECONFIG=(\S+)/.exec(demo.stdout)?.[1] ?? ''
  expect(existsSync(kubeconfig)).toBe(true)
  demo.interrupt()
  expect(await demo.end()).toBe(0)
  expect(existsSync(kubeconfig)).toBe(false)
  expect(processesUsing(`PORTAL_PORT=${ports.PORTAL_PORT}`)).toEqual([])
})
