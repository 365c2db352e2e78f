'use client'

import { useRouter } from 'next/navigation'
import { callPortal } from '#app/_lib/portal-client.ts'
import { ConfirmButton } from '#app/_ui/confirm-button.tsx'

export function EndEditor({ id, name }: { id: string; name: string }) {
  const router = useRouter()
  return (
    <ConfirmButton
      label="Disconnect"
      accessibleLabel={`Disconnect ${name}`}
      title={`Disconnect ${name}?`}
      description="It is signed out at once, and what it shows of your clusters from this account closes. Your clusters and the kubeconfig on that computer stay as they are."
      confirmLabel="Disconnect editor"
      onConfirm={async () => {
        const outcome = await callPortal((portal) => portal.editors.end.mutate({ id }))
        if (!outcome.ok) return outcome.failure
        router.refresh()
        return null
      }}
    />
  )
}
