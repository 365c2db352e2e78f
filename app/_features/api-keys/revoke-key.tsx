'use client'

import { useRouter } from 'next/navigation'
import { callPortal } from '#app/_lib/portal-client.ts'
import { ConfirmButton } from '#app/_ui/confirm-button.tsx'
import { revocationConsequence } from './revocation-consequence.ts'

type RevokeKeyProps = {
  teamId: string
  apiKey: {
    id: string
    name: string
    /** The clusters that would lose it. */
    clusterNames: readonly string[]
  }
}

export function RevokeKey({ teamId, apiKey }: RevokeKeyProps) {
  const router = useRouter()
  return (
    <ConfirmButton
      label="Revoke"
      accessibleLabel={`Revoke ${apiKey.name}`}
      title={`Revoke ${apiKey.name}?`}
      description={revocationConsequence(apiKey.clusterNames)}
      confirmLabel="Revoke key"
      onConfirm={async () => {
        const outcome = await callPortal((portal) => portal.apiKeys.revoke.mutate({ teamId, id: apiKey.id }))
        if (!outcome.ok) return outcome.failure
        router.refresh()
        return null
      }}
    />
  )
}
