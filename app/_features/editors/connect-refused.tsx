import type { ConnectionProposal } from '#contract/portal-api.ts'
import { AuthFrame } from '#app/_features/accounts/auth-frame.tsx'
import { Notice } from '#app/_ui/notice.tsx'

type Refused = Extract<ConnectionProposal, { ok: false }>

/** Says why nothing can be connected here. It leads nowhere, least of all to the address that was asked for. */
export function ConnectRefused({ proposal }: { proposal: Refused }) {
  return (
    <AuthFrame title="This cannot connect an editor">
      {proposal.fault === 'incomplete' ? (
        <Notice kind="error">
          The link is not complete, or was changed on its way. Run “kube9: Sign In” in your editor again.
        </Notice>
      ) : (
        <>
          <Notice kind="error">
            The link asks to send your sign-in to an address that is none of an editor known here. Nothing was sent.
          </Notice>
          <Allowed allowed={proposal.allowed} />
        </>
      )}
    </AuthFrame>
  )
}

function Allowed({ allowed: { schemes, origins } }: { allowed: Refused['allowed'] }) {
  return (
    <div className="grid gap-2">
      <h2 className="font-semibold">Allowed are</h2>
      <ul className="grid list-disc gap-2 pl-5">
        <li>
          the kube9 extension in an editor that opens one of these links:{' '}
          <code className="text-sm">{schemes.map((scheme) => `${scheme}://`).join(', ')}</code>
        </li>
        <li>
          {origins.length === 0 ? (
            'web editors that EDITOR_ORIGINS of this installation names, at present none'
          ) : (
            <>
              web editors at <code className="text-sm break-all">{origins.join(', ')}</code>
            </>
          )}
        </li>
        <li>
          an editor on this computer at <code className="text-sm break-all">http://127.0.0.1:…/callback</code>
        </li>
        <li>a code to paste</li>
      </ul>
    </div>
  )
}
