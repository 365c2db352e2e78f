'use client'

import { useState } from 'react'
import type { ComponentProps } from 'react'
import { signOut } from '#app/_lib/browser-sign-in.ts'
import type { Failure } from '#app/_lib/failure.ts'
import { Button } from '#app/_ui/button.tsx'
import { Notice } from '#app/_ui/notice.tsx'

export function SignOutButton({ children, ...rest }: ComponentProps<typeof Button>) {
  const [failure, setFailure] = useState<Failure | null>(null)

  async function leave() {
    const result = await signOut()
    if (result) setFailure(result)
    else location.assign('/')
  }

  return (
    <>
      {failure && (
        <Notice kind="error" role="alert">
          {failure.message}
        </Notice>
      )}
      <Button {...rest} onClick={() => void leave()}>
        {children}
      </Button>
    </>
  )
}
