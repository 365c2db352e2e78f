import { expect, test } from 'vitest'
import { parse } from 'yaml'
import type { ObjectReference } from '../webviews/frame/object-reference.ts'
import { objectYaml } from './object-yaml.ts'
import { PLANTED_TEXTS, plantedSecret } from './planted-secret.ts'
import { seeObject } from './seen-object.ts'
import { referenceOf, yamlUriParts } from './yaml-uri.ts'

const reference: ObjectReference = {
  context: 'prod',
  apiVersion: 'v1',
  kind: 'Secret',
  resource: 'secrets',
  namespace: 'shop',
  name: 'gateway',
}
const options = { reference, showManagedFields: false }

test('no value of a Secret stands in its YAML, also none that an annotation holds, and a comment says why', () => {
  const text = objectYaml(seeObject(plantedSecret, 'Secret'), options)
  for (const planted of PLANTED_TEXTS) expect(text).not.toContain(planted)
  expect(text).toContain('# The values of a Secret never come into the editor')
  expect(parse(text)).toMatchObject({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { annotations: { 'example.com/team': 'shop' }, labels: { app: 'gateway' } },
    data: { password: '(21 bytes, not shown)', token: '(10 bytes, not shown)', empty: '(0 bytes, not shown)' },
  })
})

test('a Secret is one by what was asked for, also when its answer does not say its kind', () => {
  const { kind: _, ...untold } = plantedSecret
  const text = objectYaml(seeObject(untold, 'Secret'), options)
  for (const planted of PLANTED_TEXTS) expect(text).not.toContain(planted)
})

test('a text that kubectl would take for something else is quoted', () => {
  const data = { a: 'on', b: 'yes', c: 'n', d: '12:30:45', e: '0777', f: 'plain words', g: 'null' }
  const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'one' }, data }
  const text = objectYaml(seeObject(object, 'ConfigMap'), options)
  expect(parse(text, { version: '1.1' }).data).toEqual(data)
  expect(text).toContain('f: plain words')
})

test('managed fields are left out unless they are wanted, and everything else stays as it is', () => {
  const object = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'settings', managedFields: [{ manager: 'kubectl' }] },
    data: { 'a.yaml': 'one: 1\ntwo: 2\n', number: '0123' },
  }
  const seen = seeObject(object, 'ConfigMap')
  const { managedFields: _, ...shown } = object.metadata
  expect(parse(objectYaml(seen, options))).toEqual({ ...object, metadata: shown })
  expect(parse(objectYaml(seen, { reference, showManagedFields: true }))).toEqual(object)
})

test('a document’s address leads back to its object, and says kind and name', () => {
  const { path, query } = yamlUriParts({ ...reference, context: 'arn:aws:eks:eu/prod' })
  expect(path.split('/')).toHaveLength(4)
  expect(path).toMatch(/\/Secret gateway\.yaml$/)
  expect(referenceOf(query)).toEqual({ ...reference, context: 'arn:aws:eks:eu/prod' })
  expect(referenceOf('{"context":1}')).toBeNull()
  expect(referenceOf('%')).toBeNull()
})
