'use client'

import { callPortal } from '#app/_lib/portal-client.ts'
import { ConfirmButton } from '#app/_ui/confirm-button.tsx'

type SignOutEverywhereProps = { sessionCount: number; editorCount: number }

export function SignOutEverywhere({ sessionCount, editorCount }: SignOutEverywhereProps) {
  const editors = editorCount === 0 ? '' : ` and ${editorCount} connected ${editorCount === 1 ? 'editor' : 'editors'}`
  return (
    <ConfirmButton
      label="Sign out everywhere"
      title="Sign out everywhere?"
      description={`${sessionCount === 1 ? 'The one session' : `All ${sessionCount} sessions`} of your account${editors} will end, this browser’s too. Your clusters go on.`}
      confirmLabel="Sign out everywhere"
      onConfirm={async () => {
        const outcome = await callPortal((portal) => portal.account.signOutEverywhere.mutate())
        if (!outcome.ok) return outcome.failure
        location.assign('/sign-in?done=signed-out')
        return null
      }}
    />
  )
}
