'use client'

import { usePathname, useRouter } from 'next/navigation'
import { useEffect, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { NewKeyForm } from '#app/_features/api-keys/new-key-form.tsx'
import { SecretOnce } from '#app/_ui/secret-once.tsx'
import { TextLink } from '#app/_ui/text-link.tsx'
import { InstallStep } from './install-step.tsx'
import type { InstallWay } from './install-commands.ts'
import { Step } from './step.tsx'

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
  const path = usePathname()
  const [fresh, setFresh] = useState<{ id: string; key: string } | null>(null)
  const keyHeading = useRef<HTMLHeadingElement>(null)
  const freshKey = fresh && fresh.id === apiKey?.id ? fresh.key : null

  useEffect(() => {
    if (freshKey) keyHeading.current?.focus()
  }, [freshKey])

  if (!apiKey) {
    return (
      <Step number={1} title="Name the key">
        <NewKeyForm
          teamId={teamId}
          hint="Such as the cluster that it is for. It is how you will tell your keys apart."
          onCreated={({ key, summary }) => {
            setFresh({ id: summary.id, key })
            router.push(`?key=${summary.id}`)
          }}
        />
      </Step>
    )
  }
  return (
    <div className="grid gap-8">
      <Step number={1} title={freshKey ? 'Copy the key' : `Key ${apiKey.name}`} headingRef={keyHeading}>
        {freshKey ? (
          <>
            <p className="mb-3 text-muted">
              This is the only time that the whole key is shown. The command below asks for it. Here it will appear as{' '}
              <code>{apiKey.masked}</code>.
            </p>
            <SecretOnce secret={freshKey} noun="key" />
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
