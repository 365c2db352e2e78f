import { readFile, readdir } from 'node:fs/promises'
import path from 'node:path'
import matter from 'gray-matter'
import { cache } from 'react'
import type { DocumentEntry, DocumentPage } from '#app/_features/docs/document.ts'

const FOLDER = path.join(process.cwd(), 'docs')
const FILE_NAME = /^[a-z0-9-]+\.md$/

/** Every page of the documentation, in reading order. The folder is read anew for each request: it is small. */
export const listDocuments = cache(async (): Promise<DocumentEntry[]> => {
  const names = (await readdir(FOLDER)).filter((name) => FILE_NAME.test(name))
  const pages = await Promise.all(names.map(async (name) => (await readPage(name)).entry))
  return pages.toSorted((one, other) => one.order - other.order || one.title.localeCompare(other.title))
})

/** One page by the parts of its address, or null. `index` is the page at /docs itself. */
export async function readDocument(slug: readonly string[]): Promise<DocumentPage | null> {
  const [name = 'index', ...deeper] = slug
  const entry = (await listDocuments()).find((candidate) => candidate.name === name)
  if (!entry || deeper.length > 0 || slug[0] === 'index') return null
  return readPage(`${name}.md`)
}

async function readPage(fileName: string): Promise<DocumentPage> {
  const { data, content } = matter(await readFile(path.join(FOLDER, fileName), 'utf8'))
  const name = fileName.slice(0, -'.md'.length)
  const entry: DocumentEntry = {
    name,
    href: name === 'index' ? '/docs' : `/docs/${name}`,
    title: textOf(data.title) ?? name,
    description: textOf(data.description) ?? '',
    order: typeof data.order === 'number' ? data.order : Number.MAX_SAFE_INTEGER,
  }
  return { entry, markdown: content }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
