'use client'

import { useActionState } from 'react'
import type { ComponentProps } from 'react'
import type { Failure } from '#app/_lib/failure.ts'
import type { Button } from './button.tsx'
import { Notice } from './notice.tsx'
import { SubmitButton } from './submit-button.tsx'

type ActionFormProps = ComponentProps<typeof Button> & {
  pendingLabel: string
  /** What a press does. What it gives back is shown; null means that it went well and the page is about to change. */
  act: () => Promise<Failure | null>
}

/** A button that asks the server for something. As a form, a press before the page's scripts have run is kept until they have. */
export function ActionForm({ act, variant = 'secondary', ...button }: ActionFormProps) {
  const [failure, submit] = useActionState(act, null)
  return (
    <form action={submit} className="grid gap-3">
      {failure && (
        <Notice kind="error" role="alert">
          {failure.message}
        </Notice>
      )}
      <SubmitButton {...button} variant={variant} />
    </form>
  )
}
