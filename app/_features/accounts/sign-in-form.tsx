'use client'

import { signInWithPassword } from '#app/_lib/browser-sign-in.ts'
import { TextLink } from '#app/_ui/text-link.tsx'
import { AccountForm } from './account-form.tsx'
import type { FormField } from './account-form.tsx'

const fields: FormField[] = [
  { name: 'email', label: 'E-mail address', type: 'email', autoComplete: 'username' },
  {
    name: 'password',
    label: 'Password',
    type: 'password',
    autoComplete: 'current-password',
    aside: <TextLink href="/forgot">Forgot password?</TextLink>,
  },
]

/** `next` is a path of this site. */
export function SignInForm({ next }: { next: string }) {
  return (
    <AccountForm
      fields={fields}
      submitLabel="Sign in"
      pendingLabel="Signing in…"
      submit={async ({ email = '', password = '' }) => {
        if (email.trim() === '') return { field: 'email', message: 'Enter your e-mail address.' }
        if (password === '') return { field: 'password', message: 'Enter your password.' }
        const failure = await signInWithPassword({ email, password })
        if (!failure) location.assign(next)
        return failure
      }}
    />
  )
}
