'use client'

import { useRouter } from 'next/navigation'
import { callPortal } from '#app/_lib/portal-client.ts'
import { AccountForm } from './account-form.tsx'
import type { Entry } from './entry.ts'

/** A press of the button, since programs that look through mail follow links but press nothing. */
export function VerifyForm({ token, purpose }: Pick<Entry, 'purpose'> & { token: string }) {
  const router = useRouter()
  return (
    <AccountForm
      fields={[]}
      submitLabel="Verify e-mail address"
      pendingLabel="Verifying…"
      submit={async () => {
        const outcome = await callPortal((portal) => portal.account.verifyEmail.mutate({ token }))
        if (!outcome.ok) return outcome.failure
        const { signedIn, resetToken } = outcome.data
        if (signedIn) location.assign(purpose === 'editor' ? '/connect/again' : '/home')
        else router.push(resetToken ? `/reset?token=${resetToken}&from=verify` : '/sign-in?done=verified')
        return null
      }}
    />
  )
}
