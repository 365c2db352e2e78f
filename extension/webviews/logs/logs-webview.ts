import { Uri, window, workspace } from 'vscode'
import type { WebviewPanel } from 'vscode'
import { showError } from '../../messages.ts'
import type { Services } from '../../services.ts'
import { openDescribe } from '../describe/describe-webview.ts'
import { copyText } from '../frame/copy-text.ts'
import { openPanel, restorePanel } from '../frame/panels.ts'
import type { WebviewKind } from '../frame/webview-kind.ts'
import { LogsSession } from './logs-session.ts'
import { fromLogsSchema, logsTargetSchema } from './protocol.ts'
import type { FromLogs, LogsTarget, ToLogs } from './protocol.ts'

const logsWebview: WebviewKind<LogsTarget, ToLogs, FromLogs> = {
  viewType: 'kube9.logs',
  name: 'logs',
  hasFind: false,
  target: logsTargetSchema,
  fromPage: fromLogsSchema,
  titleOf: ({ pod }) => `Logs ${pod.name}`,
  contextOf: ({ pod }) => pod.context,
  run(services, target, page) {
    void new LogsSession(services.clusters, target, {
      page,
      actions: {
        copyLines: (lines) => void copyText(lines.join('\n'), linesCopied(lines.length)),
        saveLines: (lines, name) => void saveLines(services, lines, name),
        copyText: (text) => void copyText(text, 'Copied.'),
        describe: (reference) => openDescribe(services, reference),
      },
    })
  },
}

function linesCopied(count: number): string {
  return count === 1 ? '1 line is copied.' : `${count.toLocaleString('en')} lines are copied.`
}

async function saveLines({ log }: Services, lines: string[], name: string): Promise<void> {
  const folder = workspace.workspaceFolders?.[0]?.uri
  const suggested = folder ? Uri.joinPath(folder, name) : undefined
  const uri = await window.showSaveDialog({
    ...(suggested ? { defaultUri: suggested } : {}),
    filters: { Logs: ['log', 'txt'] },
  })
  if (!uri) return
  try {
    await workspace.fs.writeFile(uri, Buffer.from(lines.map((line) => `${line}\n`).join('')))
    window.setStatusBarMessage(`${linesCopied(lines.length).replace('copied', 'saved')}`, 3_000)
  } catch (error) {
    log.error(`Saving a log failed: ${String(error)}`)
    void showError(`The log could not be saved: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** Shows what a pod's containers write. */
export function openLogs(services: Services, target: LogsTarget): void {
  openPanel(services, logsWebview, target)
}

export function restoreLogs(services: Services, restored: { panel: WebviewPanel; state: unknown }): void {
  restorePanel(services, logsWebview, restored)
}
