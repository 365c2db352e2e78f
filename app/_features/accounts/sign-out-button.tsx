'use client'

import { signOut } from '#app/_lib/browser-sign-in.ts'
import { ActionForm } from '#app/_ui/action-form.tsx'

export function SignOutButton() {
  async function leave() {
    const failure = await signOut()
    if (!failure) location.assign('/')
    return failure
  }

  return (
    <ActionForm act={leave} variant="primary" pendingLabel="Signing out…">
      Sign out
    </ActionForm>
  )
}
