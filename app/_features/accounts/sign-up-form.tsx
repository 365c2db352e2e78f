'use client'

import { useRouter } from 'next/navigation'
import { PASSWORD_MIN_LENGTH } from '#contract/password-rules.ts'
import { callPortal } from '#app/_lib/portal-client.ts'
import { AccountForm } from './account-form.tsx'
import type { FormField } from './account-form.tsx'
import type { Entry } from './entry.ts'

const fields: FormField[] = [
  { name: 'email', label: 'E-mail address', type: 'email', autoComplete: 'username' },
  {
    name: 'password',
    label: 'Password',
    type: 'password',
    autoComplete: 'new-password',
    hint: `At least ${PASSWORD_MIN_LENGTH} characters. A few words in a row are easy to remember.`,
  },
]

export function SignUpForm({ purpose }: Pick<Entry, 'purpose'>) {
  const router = useRouter()
  return (
    <AccountForm
      fields={fields}
      submitLabel="Sign up"
      pendingLabel="Signing up…"
      submit={async ({ email = '', password = '' }) => {
        const outcome = await callPortal((portal) => portal.account.signUp.mutate({ email, password, for: purpose }))
        if (!outcome.ok) return outcome.failure
        router.push('/check-your-mail')
        return null
      }}
    />
  )
}
