/// <reference types="vscode-webview" />
import { z } from 'zod'
import type { PageMessage } from '#contract/webview-protocol.ts'
import { proTargetSchema } from '../protocol.ts'
import type { FromOuter, ToOuter } from '../protocol.ts'
import { admit } from '../relay-gate.ts'
import { EditorKeys } from './editor-keys.ts'
import { readTheme, watchTheme } from './editor-theme.ts'
import { outerElements } from './outer-elements.ts'
import { PageFrame } from './page-frame.ts'
import './pro.css'

// The policy of the document forbids `new Function`, which zod would try.
z.config({ jitless: true })

const vscode = acquireVsCodeApi()
const elements = outerElements(document)
const serverOrigin = new URL(elements.pageUrl).origin
const page = new PageFrame(elements.frame, elements.pageUrl, (state) => elements.show(state, serverOrigin))
const keys = new EditorKeys(window, () => page.focus())
const tell = (message: FromOuter) => vscode.postMessage(message)

window.addEventListener('message', ({ origin, source, data }: MessageEvent<unknown>) => {
  const ends = { serverOrigin, frame: () => page.window, ownOrigin: window.origin }
  const admitted = admit({ origin, source, data }, ends)
  if (admitted?.from === 'page') hearPage(admitted.message)
  if (admitted?.from === 'host') hearHost(admitted.message)
})

function hearPage(message: PageMessage): void {
  page.heard()
  if (message.type === 'key') return keys.give(message)
  if (message.type === 'hello') page.post(readTheme(document))
  tell({ v: 1, type: 'relay', message })
}

function hearHost(message: ToOuter): void {
  if (message.type === 'relay') page.post(message.message)
  if (message.type === 'reload') page.load()
  if (message.type === 'notice') elements.showNotice(message.notice)
}

elements.onRetry(() => page.load())
elements.onMend(() => tell({ v: 1, type: 'mend' }))
watchTheme(document, () => page.post(readTheme(document)))
vscode.setState({ target: proTargetSchema.parse(JSON.parse(elements.target)) })
tell({ v: 1, type: 'ready' })
page.load()
