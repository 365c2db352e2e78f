'use client'

import { useRouter } from 'next/navigation'
import { callPortal } from '#app/_lib/portal-client.ts'
import { AccountForm } from './account-form.tsx'
import type { FormField } from './account-form.tsx'

const fields: FormField[] = [{ name: 'email', label: 'E-mail address', type: 'email', autoComplete: 'username' }]

export function ForgotForm() {
  const router = useRouter()
  return (
    <AccountForm
      fields={fields}
      submitLabel="Mail me a link"
      pendingLabel="Sending…"
      submit={async ({ email = '' }) => {
        const outcome = await callPortal((portal) => portal.account.requestReset.mutate({ email }))
        if (!outcome.ok) return outcome.failure
        router.push('/check-your-mail?for=reset')
        return null
      }}
    />
  )
}
