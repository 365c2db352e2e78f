import { renderMarkdown } from './render-markdown.tsx'

/** A Markdown text as prose. */
export async function Markdown({ source }: { source: string }) {
  return <article className="prose">{await renderMarkdown(source)}</article>
}
