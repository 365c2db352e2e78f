import type { ConnectionProposal } from '#contract/portal-api.ts'
import { AuthFrame } from '#app/_features/accounts/auth-frame.tsx'
import { Notice } from '#app/_ui/notice.tsx'
import { ConnectForm } from './connect-form.tsx'
import { destinationWords } from './destination-words.ts'
import { UseAnotherAccount } from './use-another-account.tsx'

type ConnectProps = {
  proposal: Extract<ConnectionProposal, { ok: true }>
  email: string
  /** This page's own path with its query, to come back to. */
  path: string
}

/** Asks whether an editor may sign in as the reader, and names which one, where to, and as whom. */
export function Connect({ proposal, email, path }: ConnectProps) {
  const { request, destination, denyTo } = proposal
  const { place, address } = destinationWords(destination)
  return (
    <AuthFrame
      title="Connect your editor"
      lead="It will see the clusters of your teams, and can create API keys to install the operator. You can disconnect it in the portal’s settings at any time."
    >
      <dl className="grid gap-3">
        <div>
          <dt className="text-muted">Editor, as it calls itself</dt>
          <dd className="font-medium break-words">{request.editor}</dd>
        </div>
        <div>
          <dt className="text-muted">Sign-in goes to</dt>
          <dd className="font-medium">
            {place} {address && <code className="text-sm break-all">{address}</code>}
          </dd>
        </div>
        <div>
          <dt className="text-muted">Account</dt>
          <dd className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
            <span className="font-medium break-all">{email}</span>
            <UseAnotherAccount path={path} />
          </dd>
        </div>
      </dl>
      <ConnectForm key={request.state} request={request} denyTo={denyTo}>
        <Notice kind="warning">
          {destination.kind === 'paste'
            ? 'Go on only if you just started this yourself, and paste the code only into the editor you just started it in. Whoever asks you to send the code is trying to sign in as you.'
            : 'Go on only if you just started this yourself in that editor.'}
        </Notice>
      </ConnectForm>
    </AuthFrame>
  )
}
