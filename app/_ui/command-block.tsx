'use client'

import { CopyButton } from './copy-button.tsx'

type CommandBlockProps = {
  command: string
  /** Names the block and its copy button: "Copy install command". */
  label: string
}

/** A command to paste. Long lines wrap, since what cannot be seen cannot be checked; what is copied has no prompt in it. */
export function CommandBlock({ command, label }: CommandBlockProps) {
  return (
    <div className="rounded-box border border-terminal-line bg-terminal">
      <div className="flex items-center justify-between gap-3 border-b border-terminal-line py-1.5 pr-1.5 pl-4">
        <span className="text-xs text-terminal-muted">{label}</span>
        <CopyButton
          text={command}
          label={`Copy ${label.toLowerCase()}`}
          iconOnly
          variant="quiet"
          className="text-terminal-ink hover:bg-terminal-line"
        />
      </div>
      <pre className="p-4 text-sm leading-6 break-words whitespace-pre-wrap text-terminal-ink" data-testid="command">
        <code>{command}</code>
      </pre>
    </div>
  )
}
