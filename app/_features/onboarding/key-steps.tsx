'use client'

import { usePathname } from 'next/navigation'
import { lazy, Suspense, useEffect, useRef } from 'react'
import type { ReactNode } from 'react'
import { Skeleton } from '#app/_ui/skeleton.tsx'
import { TextLink } from '#app/_ui/text-link.tsx'
import { InstallStep } from './install-step.tsx'
import type { InstallWay } from './install-commands.ts'
import { Step } from './step.tsx'

const SecretOnce = lazy(async () => ({ default: (await import('#app/_ui/secret-once.tsx')).SecretOnce }))

type KeyStepsProps = {
  apiKey: { name: string; masked: string }
  /** The whole key, right after it was made; null ever after. */
  freshKey: string | null
  way: InstallWay
  chartsUrl: string
  apiUrl: string
  children: ReactNode
}

/** What follows once there is a key: copy it, run the command, watch. */
export function KeySteps({ apiKey, freshKey, way, chartsUrl, apiUrl, children }: KeyStepsProps) {
  const path = usePathname()
  const heading = useRef<HTMLHeadingElement>(null)

  useEffect(() => {
    if (freshKey) heading.current?.focus()
  }, [freshKey])

  return (
    <div className="grid gap-8">
      <Step number={1} title={freshKey ? 'Copy the key' : `Key ${apiKey.name}`} headingRef={heading}>
        {freshKey ? (
          <>
            <p className="mb-3 text-muted">
              This is the only time that the whole key is shown. The command below asks for it. From now on it appears
              as <code>{apiKey.masked}</code>.
            </p>
            <Suspense fallback={<Skeleton className="h-12" />}>
              <SecretOnce secret={freshKey} noun="key" />
            </Suspense>
          </>
        ) : (
          <p className="text-muted">
            <code className="break-all">{apiKey.masked}</code> was shown when it was made, and cannot be shown again. If
            you no longer have it, <TextLink href={path}>make another one</TextLink>.
          </p>
        )}
      </Step>
      <InstallStep way={way} chartsUrl={chartsUrl} apiUrl={apiUrl} />
      <Step number={3} title="Watch it connect">
        {children}
      </Step>
    </div>
  )
}
