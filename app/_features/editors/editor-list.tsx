import { SquareTerminal } from 'lucide-react'
import type { ConnectedEditor } from '#contract/portal-api.ts'
import { RelativeTime } from '#app/_ui/relative-time.tsx'
import { EndEditor } from './end-editor.tsx'

export function EditorList({ editors, renderedAt }: { editors: readonly ConnectedEditor[]; renderedAt: string }) {
  if (editors.length === 0) {
    return (
      <p className="px-5 py-4 text-muted">
        None. Run <strong className="font-medium text-ink">kube9: Sign In</strong> in your editor to connect it.
      </p>
    )
  }
  return (
    <ul>
      {editors.map(({ id, name, connectedAt, lastSeenAt }) => (
        <li key={id} className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b px-5 py-3 last:border-b-0">
          <SquareTerminal aria-hidden size={18} className="shrink-0 text-muted" />
          <div className="min-w-0 grow basis-40">
            <p className="font-medium break-words">{name}</p>
            <p className="text-muted">
              Last seen <RelativeTime at={lastSeenAt} renderedAt={renderedAt} />, connected{' '}
              <RelativeTime at={connectedAt} renderedAt={renderedAt} />
            </p>
          </div>
          <EndEditor id={id} name={name} />
        </li>
      ))}
    </ul>
  )
}
