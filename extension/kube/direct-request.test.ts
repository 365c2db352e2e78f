import * as http from 'node:http'
import type { Socket } from 'node:net'
import * as https from 'node:https'
import { syncBuiltinESMExports } from 'node:module'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { apiFor, caData, serve, serveTls } from './api-setting.ts'

/** As the editor does it, for what is imported by name too. */
beforeEach(() => {
  for (const changed of [process.getBuiltinModule('http'), process.getBuiltinModule('https')]) {
    for (const name of ['request', 'get'] as const) {
      vi.spyOn(changed, name).mockImplementation(() => {
        throw new Error('led through the editor’s proxy')
      })
    }
  }
  syncBuiltinESMExports()
})
afterEach(() => {
  vi.restoreAllMocks()
  syncBuiltinESMExports()
})

test.each([
  ['http', serve],
  ['https', serveTls],
])('what the editor makes of requests over %s changes neither certificates nor kept connections', async (_, begin) => {
  expect(() => http.request('http://a.example')).toThrow('proxy')
  expect(() => https.request('https://a.example')).toThrow('proxy')
  const sockets = new Set<Socket>()
  const server = await begin((req, res) => {
    sockets.add(req.socket)
    res.end('{}')
  })
  const api = apiFor(server, { cluster: { 'certificate-authority-data': caData } })
  for (let call = 0; call < 5; call++) expect(await api.call('/x', z.object({}))).toEqual({})
  expect(sockets.size).toBe(1)
})
