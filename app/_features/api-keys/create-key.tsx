'use client'

import { useRouter } from 'next/navigation'
import { lazy, Suspense, useState } from 'react'
import type { CreatedApiKey } from '#contract/portal-api.ts'
import { Button } from '#app/_ui/button.tsx'
import { Card, CardHeader } from '#app/_ui/card.tsx'
import { NewKeyForm } from './new-key-form.tsx'

const KeyDialog = lazy(async () => ({ default: (await import('./key-dialog.tsx')).KeyDialog }))

/** Makes a key beside those that are there, and shows it once. */
export function CreateKey({ teamId }: { teamId: string }) {
  const router = useRouter()
  const [naming, setNaming] = useState(false)
  const [created, setCreated] = useState<CreatedApiKey | null>(null)

  return (
    <Card aria-labelledby="create-title">
      <CardHeader id="create-title" title="New key">
        <Button variant={naming ? 'secondary' : 'primary'} aria-expanded={naming} onClick={() => setNaming(!naming)}>
          {naming ? 'Cancel' : 'Create key'}
        </Button>
      </CardHeader>
      {naming && (
        <div className="p-5">
          <NewKeyForm
            teamId={teamId}
            hint="Such as the cluster or the environment that it is for."
            onCreated={(key) => {
              setNaming(false)
              setCreated(key)
            }}
          />
        </div>
      )}
      {created && (
        <Suspense>
          <KeyDialog
            created={created}
            onClose={() => {
              setCreated(null)
              router.refresh()
            }}
          />
        </Suspense>
      )}
    </Card>
  )
}
