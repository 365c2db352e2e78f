'use client'

import { useEffect, useRef } from 'react'
import type { ReactNode } from 'react'
import { Notice } from '#app/_ui/notice.tsx'

/** What came of it. It takes the focus of the button that is gone now, so that it is read out. */
export function Outcome({ children }: { children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.focus(), [])
  return (
    <div ref={box} tabIndex={-1} className="rounded-box">
      <Notice kind="info">{children}</Notice>
    </div>
  )
}
