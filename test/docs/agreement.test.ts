import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { verifiedKeySchema } from '#contract/api-key.ts'
import { resourceInventorySchema } from '#contract/collection-payloads.ts'
import { collectionReceiptSchema, collectionSchema } from '#contract/collections.ts'
import { conditionReasons, conditionTypes } from '#contract/conditions.ts'
import { entitlementClaimsSchema, jwksSchema } from '#contract/entitlement.ts'
import { errorBodySchema, errorStatuses } from '#contract/errors.ts'
import {
  deregisterRequestSchema,
  deregisterResponseSchema,
  heartbeatRequestSchema,
  heartbeatResponseSchema,
  registerRequestSchema,
  registerResponseSchema,
  serverHealthSchema,
} from '#contract/operator-api.ts'
import { valuesTable, withValuesTable } from '#scripts/build/charts/values-table.ts'
import { withMarkedPart } from '#scripts/docs/marked-part.ts'
import { settingsPart, settingsTable } from '#scripts/docs/settings-table.ts'
import { extensionOperations } from '#server/http/extension-operations.ts'
import { operations } from '#server/http/operations.ts'
import { operatorChart, renderChart } from '#test/charts/render-chart.ts'
import {
  anchorsOf,
  codeBlocks,
  firstColumn,
  headings,
  readDocument,
  readUserDocuments,
  repositoryFolder,
} from './documents.ts'

const documented: Record<string, z.ZodType> = {
  RegisterRequest: registerRequestSchema,
  RegisterResponse: registerResponseSchema,
  HeartbeatRequest: heartbeatRequestSchema,
  HeartbeatResponse: heartbeatResponseSchema,
  DeregisterRequest: deregisterRequestSchema,
  DeregisterResponse: deregisterResponseSchema,
  ServerHealth: serverHealthSchema,
  VerifiedKey: verifiedKeySchema,
  Collection: collectionSchema,
  CollectionReceipt: collectionReceiptSchema,
  Jwks: jwksSchema,
  EntitlementClaims: entitlementClaimsSchema,
  ErrorBody: errorBodySchema,
}

const documents = await readUserDocuments()
const snippets = documents.flatMap((document) =>
  codeBlocks(document, 'json').map((block) => ({ path: document.path, shape: block.meta, text: block.text })),
)

describe('a JSON example', () => {
  test.each(snippets)('of $shape in $path is what the contract says, with no field too many', ({ shape, text }) => {
    const schema = documented[shape]
    const example: unknown = JSON.parse(text)
    expect(schema, `the example names its shape: ${shape}`).toBeDefined()
    expect(schema?.parse(example)).toEqual(example)
  })
})

describe('docs/api.md', () => {
  test.each(operations.map((operation) => ({ ...operation, name: `${operation.method} ${operation.path}` })))(
    '$name stands there with its request and its answer',
    async ({ name, request, response }) => {
      const { markdown } = await readDocument('docs/api.md')
      const section = markdown.split(/^## /m).find((part) => part.includes(`\`${name}\``)) ?? ''
      const shapes = [...section.matchAll(/^```json (\w+)$/gm)].map(([, shape = '']) => documented[shape])
      expect(shapes).toEqual(request ? [request, response] : [response])
    },
  )

  test('names no path of /v1 that the server does not have', async () => {
    const { markdown } = await readDocument('docs/api.md')
    const named = [...markdown.matchAll(/\/v1\/[a-z/-]+/g)].map(([path]) => path)
    expect([...operations, ...extensionOperations].map(({ path }) => path)).toEqual(expect.arrayContaining(named))
  })
})

describe('docs/troubleshooting.md', () => {
  test('has an anchor for every reason of a condition, and every error code with its status', async () => {
    const document = await readDocument('docs/troubleshooting.md')
    const wanted = [...Object.keys(conditionReasons), ...Object.keys(errorStatuses)]
    expect(headings(document, 3).toSorted()).toEqual(wanted.toSorted())
    expect(anchorsOf(document)).toEqual(expect.arrayContaining(wanted.map((name) => name.toLowerCase())))
    for (const [code, status] of Object.entries(errorStatuses)) {
      expect(document.markdown).toMatch(new RegExp(`^### ${code}\\n\\n${status}\\. `, 'm'))
    }
  })
})

describe('docs/operator.md', () => {
  test.each(['docs/operator.md', 'charts/kube9-operator/README.md'])(
    'the table of values in %s is that of the chart; node scripts/build/charts.ts values writes it',
    async (path) => {
      const text = await readFile(join(repositoryFolder, path), 'utf8')
      expect(withValuesTable(text, await valuesTable(operatorChart))).toBe(text)
    },
  )

  test('names every type of condition', async () => {
    expect(firstColumn(await readDocument('docs/operator.md'), 'Conditions')).toEqual(conditionTypes)
  })
})

describe('the extension', () => {
  test.each(['docs/editor.md', 'extension/README.md'])(
    'has its settings in %s as its manifest has them; node scripts/docs/main.ts writes them',
    async (path) => {
      const text = await readFile(join(repositoryFolder, path), 'utf8')
      const table = await settingsTable(join(repositoryFolder, 'extension/package.json'))
      expect(table.split('\n').length).toBeGreaterThan(4)
      expect(withMarkedPart(text, settingsPart, table)).toBe(text)
    },
  )
})

describe('docs/self-hosting.md', () => {
  test('explains every setting that the processes read, and no other', async () => {
    const source = await readFile(join(repositoryFolder, 'server/platform/env.ts'), 'utf8')
    const [, schema = ''] = /const variablesSchema = z\.object\(\{\n(.*?)^\}\)/ms.exec(source) ?? []
    const variableNames = [...schema.matchAll(/^  ([A-Z][A-Z0-9_]+):/gm)].map(([, name = '']) => name)
    expect(variableNames).toContain('DATABASE_URL')
    const explained = firstColumn(await readDocument('docs/self-hosting.md'), 'Settings')
    // Only the process that migrates reads the owner's address.
    expect(explained.toSorted()).toEqual([...variableNames, 'DATABASE_OWNER_URL'].toSorted())
  })
})

describe('docs/security.md', () => {
  test('shows a collection as the operator makes it, with no field too many', async () => {
    const [block] = codeBlocks(await readDocument('docs/security.md'), 'json').filter(
      ({ meta }) => meta === 'Collection',
    )
    const { type, data } = collectionSchema.parse(JSON.parse(block?.text ?? '{}'))
    expect(type).toBe('resource-inventory')
    expect(resourceInventorySchema.parse(data)).toEqual(data)
  })

  test('names every object that the chart gives rights on', async () => {
    const { markdown } = await readDocument('docs/security.md')
    const rules = (await renderChart()).flatMap((manifest) => manifest['rules'] ?? [])
    const text = markdown.toLowerCase()
    const kinds: string[] = rules.flatMap(({ resources }: { resources: string[] }) => resources)
    const names: string[] = rules.flatMap(({ resourceNames = [] }: { resourceNames?: string[] }) => resourceNames)
    const ownDeployment = 'kube9-operator'
    for (const name of [...kinds, ...names.filter((given) => given !== ownDeployment)]) expect(text).toContain(name)
  })
})
