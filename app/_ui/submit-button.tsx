'use client'

import { LoaderCircle } from 'lucide-react'
import type { ComponentProps } from 'react'
import { useFormStatus } from 'react-dom'
import { Button } from './button.tsx'

/** Sends the form around it. While the answer is away it stays focusable, so that focus is not lost, and says it is busy. */
export function SubmitButton({
  children,
  pendingLabel,
  ...rest
}: ComponentProps<typeof Button> & { pendingLabel: string }) {
  const { pending } = useFormStatus()
  return (
    <Button
      variant="primary"
      {...rest}
      type="submit"
      aria-disabled={pending}
      onClick={(event) => {
        if (pending) event.preventDefault()
      }}
    >
      {pending && <LoaderCircle aria-hidden size={16} className="animate-spin" />}
      {pending ? pendingLabel : children}
    </Button>
  )
}
