import { escapeHtml } from '../frame/page-html.ts'
import type { ProTarget } from './protocol.ts'

export interface OuterParts {
  target: ProTarget
  /** Address of the server's page, without any secret. */
  pageUrl: string
  language: string
  nonce: string
  scriptUri: string
  styleUri: string
}

/** The document around the server's page. It may load its own script and style, and the server's page into its frame; nothing else. */
export function outerHtml({ target, pageUrl, language, nonce, scriptUri, styleUri }: OuterParts): string {
  const policy = [
    "default-src 'none'",
    `frame-src ${new URL(pageUrl).origin}`,
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
  const name = escapeHtml(target.context)
  return `<!doctype html>
<html lang="${escapeHtml(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
<title>${name}</title>
<link rel="stylesheet" nonce="${nonce}" href="${escapeHtml(styleUri)}">
</head>
<body>
<main aria-label="${name}" data-target="${escapeHtml(JSON.stringify(target))}" data-page="${escapeHtml(pageUrl)}">
<h1>${name}</h1>
<div id="notice" role="status" hidden><p></p><button type="button" hidden></button></div>
<p id="waiting" role="status">Opening the page of ${name}…</p>
<div id="fault" hidden><h2>The page did not open</h2><div role="alert"></div><button type="button">Try again</button></div>
<iframe id="page" title="${name}" sandbox="allow-scripts allow-same-origin" allow="clipboard-write" referrerpolicy="no-referrer" hidden></iframe>
</main>
<script type="module" nonce="${nonce}" src="${escapeHtml(scriptUri)}"></script>
</body>
</html>
`
}
