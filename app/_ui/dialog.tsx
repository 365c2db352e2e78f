'use client'

import { Dialog as BaseDialog } from '@base-ui/react/dialog'
import type { ReactNode } from 'react'

type DialogProps = {
  title: string
  /** What it is about, and for what ends something, the consequence. */
  description: ReactNode
  children: ReactNode
  onClose: () => void
}

/** A question that stands in front of the page. It is loaded when it is first opened: draw it only while it is open. */
export function Dialog({ title, description, children, onClose }: DialogProps) {
  return (
    <BaseDialog.Root open onOpenChange={(open) => !open && onClose()}>
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className="fixed inset-0 z-40 bg-scrim" />
        <BaseDialog.Popup className="fixed top-1/2 left-1/2 z-50 grid max-h-[calc(100dvh-2rem)] w-[min(480px,calc(100vw-2rem))] -translate-1/2 gap-5 overflow-y-auto rounded-stage border bg-raised p-6 shadow-float">
          <div className="grid gap-2">
            <BaseDialog.Title className="text-lg font-semibold">{title}</BaseDialog.Title>
            <BaseDialog.Description render={<div />} className="text-muted">
              {description}
            </BaseDialog.Description>
          </div>
          {children}
        </BaseDialog.Popup>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  )
}
