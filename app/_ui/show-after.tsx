'use client'

import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'

/** Shows its children once `delayMs` have passed since `sinceIso`, and tells screen readers. */
export function ShowAfter({ sinceIso, delayMs, children }: { sinceIso: string; delayMs: number; children: ReactNode }) {
  const [due, setDue] = useState(false)

  useEffect(() => {
    const restMs = Date.parse(sinceIso) + delayMs - Date.now()
    const timer = setTimeout(() => setDue(true), Math.max(0, restMs))
    return () => clearTimeout(timer)
  }, [sinceIso, delayMs])

  return <div aria-live="polite">{due && children}</div>
}
