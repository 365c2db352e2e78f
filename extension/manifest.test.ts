import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { EXTENSION_ID } from '#contract/extension-api.ts'
import { commands } from './commands/index.ts'

const here = (path: string) => new URL(path, import.meta.url)
const named = z.object({ command: z.string(), when: z.string().optional() })

const manifest = z
  .object({
    name: z.string(),
    publisher: z.string(),
    files: z.array(z.string()),
    contributes: z.object({
      commands: z.array(named.extend({ title: z.string(), category: z.string(), icon: z.string().optional() })),
      menus: z.record(z.string(), z.array(named)),
      viewsWelcome: z.array(z.object({ contents: z.string() })),
      walkthroughs: z.array(
        z.object({ steps: z.array(z.object({ description: z.string(), media: z.object({ svg: z.string() }) })) }),
      ),
      configuration: z.object({
        properties: z.record(
          z.string(),
          z.object({ scope: z.string(), markdownDescription: z.string().min(40), default: z.unknown() }),
        ),
      }),
    }),
  })
  .parse(JSON.parse(readFileSync(here('package.json'), 'utf8')))

const { contributes } = manifest
const declared = contributes.commands.map(({ command }) => command)

describe('the manifest', () => {
  test('names the extension as server and portal know it', () => {
    expect(`${manifest.publisher}.${manifest.name}`).toBe(EXTENSION_ID)
  })

  test('has every command that is registered, and no other', () => {
    expect(declared.toSorted()).toEqual(Object.keys(commands).toSorted())
  })

  test('gives each command a title of its own, so that the palette is never ambiguous', () => {
    const titles = contributes.commands.map(({ category, title }) => `${category}: ${title}`)
    expect(new Set(titles).size).toBe(titles.length)
  })

  test('has no menu, link or button of a command that is not there', () => {
    const texts = [
      ...contributes.viewsWelcome.map(({ contents }) => contents),
      ...contributes.walkthroughs.flatMap(({ steps }) => steps.map(({ description }) => description)),
    ]
    const linked = texts.flatMap((text) => [...text.matchAll(/command:(kube9\.\w+)(?=[)?])/g)].map(([, id]) => id))
    const inMenus = Object.values(contributes.menus).flatMap((items) => items.map(({ command }) => command))
    expect([...inMenus, ...linked].filter((id) => id !== undefined && !declared.includes(id))).toEqual([])
  })

  test('keeps the trust root out of workspaces', () => {
    const { properties } = contributes.configuration
    expect([properties['kube9.serverUrl']?.scope, properties['kube9.portalUrl']?.scope]).toEqual([
      'application',
      'application',
    ])
    expect(properties['kube9.kubeconfigFiles']?.scope).toBe('machine')
  })

  test('names only pictures that are there', () => {
    const pictures = contributes.walkthroughs.flatMap(({ steps }) => steps.map(({ media }) => media.svg))
    expect(pictures.filter((path) => !existsSync(here(path)))).toEqual([])
  })
})

test('every command has a file of its own that runs it', () => {
  const list = readFileSync(here('commands/index.ts'), 'utf8')
  const files = [...list.matchAll(/import\('\.\/([\w-]+)\.ts'\)/g)].map(([, file]) => file)
  expect(new Set(files).size).toBe(declared.length)
  for (const file of files)
    expect(readFileSync(here(`commands/${file}.ts`), 'utf8')).toMatch(/^export (async )?function run\(/m)
})
