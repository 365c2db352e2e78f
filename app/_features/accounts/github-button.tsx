'use client'

import { useState } from 'react'
import { signInWithGitHub } from '#app/_lib/browser-sign-in.ts'
import type { Failure } from '#app/_lib/failure.ts'
import { Button } from '#app/_ui/button.tsx'
import { Notice } from '#app/_ui/notice.tsx'

/** `next` is a path of this site. */
export function GitHubButton({ next }: { next: string }) {
  const [failure, setFailure] = useState<Failure | null>(null)
  return (
    <div className="grid gap-3">
      {failure && (
        <Notice kind="error" role="alert">
          {failure.message}
        </Notice>
      )}
      <Button onClick={() => void signInWithGitHub(next).then(setFailure)}>Go on with GitHub</Button>
    </div>
  )
}
