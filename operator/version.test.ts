import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { OPERATOR_VERSION } from './version.ts'

test('operator, package and chart state one version', () => {
  const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8')
  expect((JSON.parse(read('../package.json')) as { version: string }).version).toBe(OPERATOR_VERSION)
  expect((parse(read('../charts/kube9-operator/Chart.yaml')) as { appVersion: string }).appVersion).toBe(
    OPERATOR_VERSION,
  )
})
