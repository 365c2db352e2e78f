'use client'

import { useRouter } from 'next/navigation'
import { PASSWORD_MIN_LENGTH } from '#contract/password-rules.ts'
import { callPortal } from '#app/_lib/portal-client.ts'
import { AccountForm } from './account-form.tsx'
import type { FormField } from './account-form.tsx'

const fields: FormField[] = [
  {
    name: 'password',
    label: 'New password',
    type: 'password',
    autoComplete: 'new-password',
    hint: `At least ${PASSWORD_MIN_LENGTH} characters. A few words in a row are easy to remember.`,
  },
]

export function ResetForm({ token }: { token: string }) {
  const router = useRouter()
  return (
    <AccountForm
      fields={fields}
      submitLabel="Set password"
      pendingLabel="Setting…"
      submit={async ({ password = '' }) => {
        const outcome = await callPortal((portal) => portal.account.resetPassword.mutate({ token, password }))
        if (!outcome.ok) return outcome.failure
        router.push('/sign-in?done=reset')
        return null
      }}
    />
  )
}
