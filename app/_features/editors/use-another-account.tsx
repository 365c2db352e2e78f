'use client'

import { signOut } from '#app/_lib/browser-sign-in.ts'
import { ActionForm } from '#app/_ui/action-form.tsx'

/** Signs this browser out and asks anew who it is. */
export function UseAnotherAccount({ path }: { path: string }) {
  async function change() {
    const failure = await signOut()
    if (!failure) location.assign(`/sign-in?${new URLSearchParams({ for: 'editor', next: path })}`)
    return failure
  }

  return (
    <ActionForm act={change} size="small" pendingLabel="Signing out…">
      Use another account
    </ActionForm>
  )
}
