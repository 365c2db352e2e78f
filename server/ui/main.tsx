import './forbid-eval.ts'
import './styles/index.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { referenceOf } from './address.ts'
import { App } from './app.tsx'
import { applyTheme } from './bridge/apply-theme.ts'
import { forwardKeys } from './bridge/forward-keys.ts'
import { findHost } from './bridge/host.ts'
import { createPage } from './page.ts'
import { OutsideEditor } from './sections/session-notice.tsx'

start()

function start(): void {
  const element = document.getElementById('root')
  if (!element) return
  const root = createRoot(element)
  const host = findHost(window)
  const reference = referenceOf(location.pathname)
  if (!host || !reference) {
    root.render(<OutsideEditor />)
    return
  }
  host.listen((message) => {
    if (message.type === 'theme') applyTheme(document.documentElement, message)
  })
  forwardKeys(window, host)
  const page = createPage(host, reference)
  page.session.start()
  root.render(
    <StrictMode>
      <App page={page} />
    </StrictMode>,
  )
}
