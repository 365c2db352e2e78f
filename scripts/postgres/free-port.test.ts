import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { freePort } from './free-port.ts'

const RANGE_FILE = '/proc/sys/net/ipv4/ip_local_port_range'

test('a free port is none that the system may give to an outgoing connection before it is used', async () => {
  const ofLinux = existsSync(RANGE_FILE) ? readFileSync(RANGE_FILE, 'utf8') : '32768 60999'
  const firstOutgoing = Number(ofLinux.trim().split(/\s+/)[0])
  const ports = await Promise.all(Array.from({ length: 50 }, () => freePort()))
  expect(Math.max(...ports)).toBeLessThan(firstOutgoing)
  expect(Math.min(...ports)).toBeGreaterThan(1024)
})

test('a port that somebody listens on is passed over, on any address that covers 127.0.0.1', async () => {
  const [local, everywhere] = [createServer().listen(0, '127.0.0.1'), createServer().listen(0, '0.0.0.0')]
  await Promise.all([once(local, 'listening'), once(everywhere, 'listening')])
  const candidates = [local, everywhere].map((server) => (server.address() as AddressInfo).port)
  const passedOver = [...candidates]
  expect(passedOver).not.toContain(await freePort(() => candidates.shift() ?? randomInt(20_000, 30_000)))
  expect(candidates).toEqual([])
  local.close()
  everywhere.close()
})

test('a process is never given a port twice', async () => {
  const first = await freePort()
  const candidates = [first, first]
  expect(await freePort(() => candidates.shift() ?? randomInt(20_000, 30_000))).not.toBe(first)
  expect(candidates).toEqual([])
})

test('a port that cannot exist is an error, and no search without an end', async () => {
  await expect(freePort(() => 70_000)).rejects.toThrow('70000')
})
