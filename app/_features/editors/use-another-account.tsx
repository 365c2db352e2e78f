'use client'

import { useState } from 'react'
import { signOut } from '#app/_lib/browser-sign-in.ts'
import type { Failure } from '#app/_lib/failure.ts'
import { Button } from '#app/_ui/button.tsx'
import { Notice } from '#app/_ui/notice.tsx'

/** Signs this browser out and asks anew who it is. */
export function UseAnotherAccount({ path }: { path: string }) {
  const [failure, setFailure] = useState<Failure | null>(null)

  async function change() {
    const result = await signOut()
    if (result) setFailure(result)
    else location.assign(`/sign-in?${new URLSearchParams({ for: 'editor', next: path })}`)
  }

  return (
    <>
      <Button size="small" onClick={() => void change()}>
        Use another account
      </Button>
      {failure && (
        <Notice kind="error" role="alert" className="basis-full">
          {failure.message}
        </Notice>
      )}
    </>
  )
}
