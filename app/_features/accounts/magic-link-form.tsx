'use client'

import { useRouter } from 'next/navigation'
import { requestMagicLink } from '#app/_lib/browser-sign-in.ts'
import { AccountForm } from './account-form.tsx'
import type { FormField } from './account-form.tsx'

const fields: FormField[] = [{ name: 'email', label: 'E-mail address', type: 'email', autoComplete: 'username' }]

export function MagicLinkForm() {
  const router = useRouter()
  return (
    <AccountForm
      fields={fields}
      submitLabel="Mail me a link"
      pendingLabel="Sending…"
      submit={async ({ email = '' }) => {
        if (email.trim() === '') return { field: 'email', message: 'Enter your e-mail address.' }
        const failure = await requestMagicLink(email)
        if (!failure) router.push('/check-your-mail?for=sign-in')
        return failure
      }}
    />
  )
}
