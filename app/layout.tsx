import type { Metadata, Viewport } from 'next'
import { CSPProvider } from '@base-ui/react/csp-provider'
import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { currentTheme } from './_lib/current-theme.ts'
import { fontVariables } from './_ui/fonts.ts'
import './globals.css'

export const metadata: Metadata = {
  title: { default: 'kube9', template: '%s · kube9' },
  description: 'Understand your Kubernetes clusters where you write code.',
  icons: { icon: { url: '/mark.svg', type: 'image/svg+xml' } },
  referrer: 'strict-origin-when-cross-origin',
}

export const viewport: Viewport = { colorScheme: 'light dark' }

export default async function RootLayout({ children }: { children: ReactNode }) {
  // Reading the headers makes every page dynamic: a page built ahead has no nonce, and its scripts would all be blocked.
  const nonce = (await headers()).get('x-nonce') ?? undefined
  const theme = await currentTheme()
  return (
    <html lang="en" data-theme={theme === 'system' ? undefined : theme} className={fontVariables}>
      <body>
        <a
          href="#main"
          className="sr-only z-50 rounded-control bg-accent px-3 py-2 text-on-accent focus:not-sr-only focus:fixed focus:top-3 focus:left-3"
        >
          Skip to content
        </a>
        <CSPProvider nonce={nonce}>{children}</CSPProvider>
      </body>
    </html>
  )
}
