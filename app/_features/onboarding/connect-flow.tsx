'use client'

import { useRouter } from 'next/navigation'
import { lazy, Suspense, useState } from 'react'
import type { ReactNode } from 'react'
import { Skeleton } from '#app/_ui/skeleton.tsx'
import type { InstallWay } from './install-commands.ts'
import { Step } from './step.tsx'

// Each of the two is loaded when the way has come to it.
const NewKeyForm = lazy(async () => ({ default: (await import('../api-keys/new-key-form.tsx')).NewKeyForm }))
const KeySteps = lazy(async () => ({ default: (await import('./key-steps.tsx')).KeySteps }))

type ConnectFlowProps = {
  teamId: string
  apiKey: { id: string; name: string; masked: string } | null
  way: InstallWay
  chartsUrl: string
  apiUrl: string
  /** The waiting, drawn by the server. */
  children: ReactNode
}

/**
 * From a name to a green cluster. The address holds which key it is about, so that a reload and Back work; the key itself
 * lives in this component's state alone and is gone with it.
 */
export function ConnectFlow({ teamId, apiKey, way, chartsUrl, apiUrl, children }: ConnectFlowProps) {
  const router = useRouter()
  const [fresh, setFresh] = useState<{ id: string; key: string } | null>(null)

  if (!apiKey) {
    return (
      <Step number={1} title="Name the key">
        <Suspense fallback={<Skeleton className="h-36" />}>
          <NewKeyForm
            teamId={teamId}
            hint="Such as the cluster that it is for. It is how you will tell your keys apart."
            onCreated={({ key, summary }) => {
              setFresh({ id: summary.id, key })
              router.push(`?key=${summary.id}`)
            }}
          />
        </Suspense>
      </Step>
    )
  }
  return (
    <Suspense fallback={<Skeleton className="h-96" />}>
      <KeySteps
        apiKey={apiKey}
        freshKey={fresh && fresh.id === apiKey.id ? fresh.key : null}
        way={way}
        chartsUrl={chartsUrl}
        apiUrl={apiUrl}
      >
        {children}
      </KeySteps>
    </Suspense>
  )
}
