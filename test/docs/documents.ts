import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import matter from 'gray-matter'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import { unified } from 'unified'

export const repositoryFolder = fileURLToPath(new URL('../..', import.meta.url))

/** A node of a parsed document, with the fields that tests look at. */
export type MarkdownNode = {
  type: string
  value?: string | undefined
  children?: MarkdownNode[] | undefined
  depth?: number | undefined
  url?: string | undefined
  lang?: string | null | undefined
  meta?: string | null | undefined
}

export type Document = {
  /** Path from the top of the repository. */
  path: string
  frontMatter: Record<string, unknown>
  markdown: string
  root: MarkdownNode
}

export async function readDocument(path: string): Promise<Document> {
  const { data, content } = matter(await readFile(join(repositoryFolder, path), 'utf8'))
  const root = unified().use(remarkParse).use(remarkGfm).parse(content)
  return { path, frontMatter: data, markdown: content, root }
}

/** What the portal renders at /docs. */
export async function readUserDocuments(): Promise<Document[]> {
  const names = (await readdir(join(repositoryFolder, 'docs'))).filter((name) => name.endsWith('.md'))
  return Promise.all(names.toSorted().map((name) => readDocument(`docs/${name}`)))
}

/** Those, and what developers and the chart's users read. */
export async function readAllDocuments(): Promise<Document[]> {
  const others = [
    'README.md',
    'ARCHITECTURE.md',
    'CONTRIBUTING.md',
    'charts/kube9-operator/README.md',
    'extension/README.md',
  ]
  const present = others.filter((path) => existsSync(join(repositoryFolder, path)))
  return [...(await readUserDocuments()), ...(await Promise.all(present.map(readDocument)))]
}

export function nodesOf(document: Document, type: string): MarkdownNode[] {
  const visit = (node: MarkdownNode): MarkdownNode[] => [
    ...(node.type === type ? [node] : []),
    ...(node.children ?? []).flatMap(visit),
  ]
  return visit(document.root)
}

export function codeBlocks(document: Document, language: string): { text: string; meta: string }[] {
  return nodesOf(document, 'code')
    .filter(({ lang }) => lang === language)
    .map(({ value, meta }) => ({ text: value ?? '', meta: meta ?? '' }))
}

export function headings(document: Document, depth?: number): string[] {
  return nodesOf(document, 'heading')
    .filter((heading) => depth === undefined || heading.depth === depth)
    .map(textOf)
}

/** The anchors that GitHub and the portal give to headings. No document has two headings of the same text. */
export function anchorsOf(document: Document): string[] {
  return headings(document).map((text) =>
    text
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}_\- ]/gu, '')
      .replaceAll(' ', '-'),
  )
}

export function linksOf(document: Document): string[] {
  return [...nodesOf(document, 'link'), ...nodesOf(document, 'image')].map(({ url = '' }) => url)
}

/** First cells of a table's rows, without their backquotes. */
export function firstColumn(document: Document, underHeading: string): string[] {
  const { children = [] } = document.root
  const start = children.findIndex((node) => node.type === 'heading' && textOf(node) === underHeading)
  const table = children.slice(start).find((node) => node.type === 'table')
  if (start < 0 || !table) throw new Error(`${document.path} has no table under “${underHeading}”.`)
  return (table.children ?? []).slice(1).map((row) => (row.children?.[0] ? textOf(row.children[0]) : ''))
}

export function textOf(node: MarkdownNode): string {
  return node.value ?? (node.children ?? []).map(textOf).join('')
}
