import { ArrowLeft, ArrowRight } from 'lucide-react'
import Link from 'next/link'
import type { DocumentEntry, DocumentPage } from './document.ts'
import { Markdown } from './markdown.tsx'

type DocumentationProps = { page: DocumentPage; entries: readonly DocumentEntry[] }

export function Documentation({ page, entries }: DocumentationProps) {
  const at = entries.findIndex(({ name }) => name === page.entry.name)
  return (
    <div className="mx-auto grid max-w-page gap-x-12 gap-y-6 px-5 py-10 lg:grid-cols-[220px_1fr]">
      <nav aria-label="Documentation" className="lg:sticky lg:top-8 lg:self-start">
        <ul className="flex flex-wrap gap-1 lg:grid">
          {entries.map(({ name, href, title }) => (
            <li key={name}>
              <Link
                href={href}
                aria-current={name === page.entry.name ? 'page' : undefined}
                className="block rounded-control px-2.5 py-1.5 text-muted hover:bg-hover hover:text-ink aria-[current]:bg-hover aria-[current]:font-medium aria-[current]:text-ink"
              >
                {title}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <div className="min-w-0">
        <Markdown source={page.markdown} />
        <nav
          aria-label="Neighbouring pages"
          className="mt-14 flex max-w-prose flex-wrap justify-between gap-4 border-t pt-6"
        >
          <Neighbour entry={entries[at - 1]} direction="previous" />
          <Neighbour entry={entries[at + 1]} direction="next" />
        </nav>
      </div>
    </div>
  )
}

function Neighbour({ entry, direction }: { entry: DocumentEntry | undefined; direction: 'previous' | 'next' }) {
  if (!entry) return <span />
  return (
    <Link
      href={entry.href}
      className="flex items-center gap-2 rounded-control py-1 font-medium text-link hover:underline"
      rel={direction === 'next' ? 'next' : 'prev'}
    >
      {direction === 'previous' && <ArrowLeft aria-hidden size={16} />}
      <span className="sr-only">{direction === 'previous' ? 'Previous: ' : 'Next: '}</span>
      {entry.title}
      {direction === 'next' && <ArrowRight aria-hidden size={16} />}
    </Link>
  )
}
