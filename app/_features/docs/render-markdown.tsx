import rehypeShiki from '@shikijs/rehype'
import type { Element, Root } from 'hast'
import { toJsxRuntime } from 'hast-util-to-jsx-runtime'
import Link from 'next/link'
import { Fragment, jsx, jsxs } from 'react/jsx-runtime'
import type { ComponentProps, ReactElement } from 'react'
import rehypeSanitize, { defaultSchema } from 'rehype-sanitize'
import rehypeSlug from 'rehype-slug'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import remarkRehype from 'remark-rehype'
import { unified } from 'unified'
import { visit } from 'unist-util-visit'

// Raw HTML never gets this far: remark-rehype drops it. What is left may link to http(s), to mail, and to this site.
const schema = {
  ...defaultSchema,
  clobberPrefix: '',
  protocols: { ...defaultSchema.protocols, href: ['http', 'https', 'mailto'] },
}

const processor = unified()
  .use(remarkParse)
  .use(remarkGfm)
  .use(remarkRehype)
  .use(rehypeSanitize, schema)
  .use(rehypeSlug)
  .use(linkHeadings)
  .use(leadLinksToPages)
  .use(makeScrollable)
  .use(rehypeShiki, {
    themes: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
    defaultColor: 'light-dark()',
    langs: ['sh', 'bash', 'console', 'yaml', 'json', 'ts', 'http', 'ini', 'nginx', 'sql'],
    fallbackLanguage: 'text',
  })

/** Markdown by others or by us, as elements: without raw HTML, sanitised, code in colour. No code of it runs in the browser. */
export async function renderMarkdown(markdown: string): Promise<ReactElement> {
  const tree = await processor.run(processor.parse(markdown))
  return toJsxRuntime(tree, { Fragment, jsx, jsxs, components: { a: MarkdownLink } }) as ReactElement
}

function MarkdownLink({ href = '', children, ...rest }: ComponentProps<'a'>) {
  return (
    <Link {...rest} href={href}>
      {children}
    </Link>
  )
}

/** A heading's text links to itself, so that a part of a page can be pointed at. */
function linkHeadings() {
  return (tree: Root) => {
    visit(tree, 'element', (node) => {
      if (!/^h[2-4]$/.test(node.tagName) || typeof node.properties.id !== 'string') return
      node.children = [
        {
          type: 'element',
          tagName: 'a',
          properties: { href: `#${node.properties.id}`, className: ['anchor'] },
          children: node.children,
        },
      ]
    })
  }
}

/** On GitHub pages link to files beside them; here the same links lead to pages. */
function leadLinksToPages() {
  return (tree: Root) => {
    visit(tree, 'element', (node) => {
      const href = node.properties.href
      const match =
        node.tagName === 'a' && typeof href === 'string' ? /^(?:\.\/)?([a-z0-9-]+)\.md(#.*)?$/.exec(href) : null
      if (!match) return
      const [, name = '', hash = ''] = match
      node.properties.href = (name === 'index' ? '/docs' : `/docs/${name}`) + hash
    })
  }
}

/** What is wider than the page scrolls by itself, by keyboard too. */
function makeScrollable() {
  return (tree: Root) => {
    visit(tree, 'element', (node, index, parent) => {
      if (node.tagName === 'pre') node.properties.tabIndex = 0
      if (node.tagName !== 'table' || !parent || index === undefined) return
      const frame: Element = {
        type: 'element',
        tagName: 'div',
        properties: { className: ['table-scroll'], tabIndex: 0, role: 'region', ariaLabel: 'Table' },
        children: [node],
      }
      parent.children[index] = frame
      return 'skip'
    })
  }
}
