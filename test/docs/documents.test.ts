import { existsSync, statSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  anchorsOf,
  linksOf,
  nodesOf,
  readAllDocuments,
  readDocument,
  readUserDocuments,
  repositoryFolder,
} from './documents.ts'

/** The marketplace shows a readme apart from its repository, so pictures in it have whole addresses. */
const PICTURES = 'https://raw.githubusercontent.com/alto9/kube9/HEAD/'

const userDocuments = await readUserDocuments()
const allDocuments = await readAllDocuments()

describe.each(userDocuments)('$path', (document) => {
  test('says in its front matter what lists and search need', () => {
    expect(document.frontMatter).toEqual({
      title: expect.stringMatching(/^.{3,40}$/),
      description: expect.stringMatching(/^.{20,160}\.$/),
      order: expect.any(Number),
    })
  })

  test('has one heading of the first level, and skips no level', () => {
    const depths = nodesOf(document, 'heading').map(({ depth = 0 }) => depth)
    expect(depths.filter((depth) => depth === 1)).toHaveLength(1)
    depths.forEach((depth, at) => expect(depth).toBeLessThanOrEqual((depths[at - 1] ?? 0) + 1))
  })

  test('has no two headings of one text, so that every anchor is one place', () => {
    expect(new Set(anchorsOf(document)).size).toBe(anchorsOf(document).length)
  })

  test('keeps calm: no exclamation marks, no Oops, lines that can be read', () => {
    const prose = nodesOf(document, 'text').map(({ value = '' }) => value)
    expect(prose.filter((text) => /!|\boops\b|\bsimply\b|\bjust\b/i.test(text.replaceAll('has just', '')))).toEqual([])
    const long = document.markdown
      .split('\n')
      .filter((line) => line.length > 130 && !/^\||^ *(kubectl|--|read|printf)/.test(line))
    expect(long).toEqual([])
  })
})

test('documents have different places in the list', () => {
  const orders = userDocuments.map(({ frontMatter }) => frontMatter['order'])
  expect(new Set(orders).size).toBe(orders.length)
})

describe.each(allDocuments)('links of $path', (document) => {
  const targets = linksOf(document)

  test('lead to files and headings that exist', async () => {
    const missing: string[] = []
    for (const target of targets.filter((url) => !/^[a-z]+:/.test(url))) {
      if (!(await exists(document.path, target))) missing.push(target)
    }
    expect(missing).toEqual([])
  })

  test('to pictures of this repository lead to pictures that it has, of a size to load with a page', () => {
    const pictures = targets.filter((url) => url.startsWith(PICTURES)).map((url) => url.slice(PICTURES.length))
    for (const path of pictures) expect(statSync(join(repositoryFolder, path)).size).toBeLessThan(300 * 1024)
  })

  test('to other sites are https', () => {
    expect(targets.filter((url) => /^[a-z]+:/.test(url) && !/^https:|^mailto:|^http:\/\/localhost/.test(url))).toEqual(
      [],
    )
  })
})

async function exists(from: string, target: string): Promise<boolean> {
  const [file = '', anchor] = target.split('#')
  const path = file === '' ? from : normalize(join(dirname(from), file))
  if (!existsSync(join(repositoryFolder, path))) return false
  return anchor === undefined || anchorsOf(await readDocument(path)).includes(anchor)
}
