/** A mail as it is sent. `html` says the same as `text`, for programs that show nothing else well. */
export type RenderedMail = { subject: string; text: string; html: string }

/** What a mail says: paragraphs, with one thing to press between them. */
export type MailContent = {
  subject: string
  before: string[]
  action: { label: string; link: string }
  after: string[]
}

export function renderMail(content: MailContent): RenderedMail {
  const { before, action, after } = content
  const text = ['Hello,', ...before, `${action.label}:\n${action.link}`, ...after, 'kube9'].join('\n\n')
  const paragraphs = (lines: string[]) => lines.map((line) => `<p>${escapeHtml(line)}</p>`).join('\n')
  const html = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(content.subject)}</title></head>
<body style="font-family:system-ui,sans-serif;font-size:16px;line-height:1.5;max-width:34em;margin:2em auto;padding:0 1em">
<p>Hello,</p>
${paragraphs(before)}
<p><a href="${escapeHtml(action.link)}" style="display:inline-block;padding:.6em 1.2em;border:1px solid;border-radius:6px;text-decoration:none">${escapeHtml(action.label)}</a></p>
<p style="font-size:13px">${escapeHtml(action.link)}</p>
${paragraphs(after)}
<p>kube9</p>
</body></html>
`
  return { subject: content.subject, text: `${text}\n`, html }
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}
