import type { Env } from '#server/platform/env.ts'

/**
 * Where editors show a page: the desktop's windows and webviews, and the web editors of Microsoft and GitHub. Others, such as
 * a code-server of one's own, are named by EDITOR_ORIGINS.
 */
const KNOWN_EDITORS = [
  'vscode-webview:',
  'vscode-file:',
  'https://vscode.dev',
  'https://*.vscode.dev',
  'https://*.vscode-cdn.net',
  'https://github.dev',
  'https://*.github.dev',
]

/** No frame but an editor's may hold the page, and nothing runs in it that is not a file of this server. */
export function proUiHeaders(env: Pick<Env, 'editorOrigins'>): Record<string, string> {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${[...KNOWN_EDITORS, ...env.editorOrigins].join(' ')}`,
  ]
  return {
    'content-security-policy': policy.join('; '),
    // An isolated workbench blocks a frame that does not say these two.
    'cross-origin-resource-policy': 'cross-origin',
    'cross-origin-embedder-policy': 'require-corp',
    'referrer-policy': 'no-referrer',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
  }
}
