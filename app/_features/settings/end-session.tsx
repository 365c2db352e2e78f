'use client'

import { useRouter } from 'next/navigation'
import { callPortal } from '#app/_lib/portal-client.ts'
import { ConfirmButton } from '#app/_ui/confirm-button.tsx'

export function EndSession({ id, browser }: { id: string; browser: string }) {
  const router = useRouter()
  return (
    <ConfirmButton
      label="Sign out"
      accessibleLabel={`Sign out ${browser}`}
      title={`Sign out ${browser}?`}
      description="That browser has to sign in again."
      confirmLabel="Sign out"
      onConfirm={async () => {
        const outcome = await callPortal((portal) => portal.account.endSession.mutate({ id }))
        if (!outcome.ok) return outcome.failure
        router.refresh()
        return null
      }}
    />
  )
}
