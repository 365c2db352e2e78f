'use client'

import { lazy, Suspense, useState } from 'react'
import type { ReactNode } from 'react'
import type { Failure } from '#app/_lib/failure.ts'
import { Button } from './button.tsx'
import { Notice } from './notice.tsx'

const Dialog = lazy(async () => ({ default: (await import('./dialog.tsx')).Dialog }))

type ConfirmButtonProps = {
  /** On the button that asks; short where it stands in a row, with the full name for screen readers. */
  label: string
  accessibleLabel?: string
  title: string
  /** What will be the consequence. */
  description: ReactNode
  /** A verb and its object: "Revoke key". */
  confirmLabel: string
  /** Does it. What it gives back is shown; null closes the dialog. */
  onConfirm: () => Promise<Failure | null>
  size?: 'small' | 'medium'
}

/** A button that ends something, and asks before it does. */
export function ConfirmButton(props: ConfirmButtonProps) {
  const [open, setOpen] = useState(false)
  const [pending, setPending] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)

  async function confirm() {
    if (pending) return
    setPending(true)
    const result = await props.onConfirm()
    setFailure(result)
    setPending(false)
    if (!result) setOpen(false)
  }

  return (
    <>
      <Button size={props.size ?? 'small'} aria-label={props.accessibleLabel} onClick={() => setOpen(true)}>
        {props.label}
      </Button>
      {open && (
        <Suspense>
          <Dialog title={props.title} description={props.description} onClose={() => setOpen(false)}>
            {failure && (
              <Notice kind="error" role="alert">
                {failure.message}
              </Notice>
            )}
            <div className="flex flex-wrap justify-end gap-3">
              <Button onClick={() => setOpen(false)}>Cancel</Button>
              <Button variant="danger" aria-disabled={pending} onClick={() => void confirm()}>
                {props.confirmLabel}
              </Button>
            </div>
          </Dialog>
        </Suspense>
      )}
    </>
  )
}
