'use client'

import { signInWithGitHub } from '#app/_lib/browser-sign-in.ts'
import { ActionForm } from '#app/_ui/action-form.tsx'

/** `next` is a path of this site. */
export function GitHubButton({ next }: { next: string }) {
  return (
    <ActionForm act={() => signInWithGitHub(next)} pendingLabel="Going to GitHub…">
      Go on with GitHub
    </ActionForm>
  )
}
