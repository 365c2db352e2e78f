'use client'

import { useRouter } from 'next/navigation'
import { requestMagicLink } from '#app/_lib/browser-sign-in.ts'
import { AccountForm } from './account-form.tsx'
import type { FormField } from './account-form.tsx'

const fields: FormField[] = [{ name: 'email', label: 'E-mail address', type: 'email', autoComplete: 'username' }]

/** `next` is a path of this site. */
export function MagicLinkForm({ next }: { next: string }) {
  const router = useRouter()
  return (
    <AccountForm
      fields={fields}
      submitLabel="Mail me a link"
      pendingLabel="Sending…"
      submit={async ({ email = '' }) => {
        if (email.trim() === '') return { field: 'email', message: 'Enter your e-mail address.' }
        const failure = await requestMagicLink(email, next)
        if (!failure) router.push('/check-your-mail?for=sign-in')
        return failure
      }}
    />
  )
}
