/** A mail's text, with the links that it holds to be followed. */
export function MailText({ text, links }: { text: string; links: readonly string[] }) {
  return <p className="px-5 py-5 text-base break-words whitespace-pre-wrap">{withLinks(text, links)}</p>
}

function withLinks(text: string, links: readonly string[]): React.ReactNode[] {
  const parts: React.ReactNode[] = []
  let rest = text
  for (const link of links) {
    const at = rest.indexOf(link)
    if (at < 0) continue
    parts.push(
      rest.slice(0, at),
      <a key={parts.length} href={link} className="rounded-cell break-all text-link underline underline-offset-3">
        {link}
      </a>,
    )
    rest = rest.slice(at + link.length)
  }
  return [...parts, rest]
}
