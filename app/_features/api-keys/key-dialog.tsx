'use client'

import { useState } from 'react'
import type { CreatedApiKey } from '#contract/portal-api.ts'
import { Button } from '#app/_ui/button.tsx'
import { Dialog } from '#app/_ui/dialog.tsx'
import { Notice } from '#app/_ui/notice.tsx'
import { SecretOnce } from '#app/_ui/secret-once.tsx'

/** Shows a new key. Esc, or a click beside it, asks before the key is gone. */
export function KeyDialog({ created, onClose }: { created: CreatedApiKey; onClose: () => void }) {
  const [copied, setCopied] = useState(false)
  const [asking, setAsking] = useState(false)

  return (
    <Dialog
      title={`Key ${created.summary.name}`}
      description="This is the only time that the whole key is shown. Copy it to where it is needed."
      onClose={() => (copied ? onClose() : setAsking(true))}
    >
      <SecretOnce secret={created.key} noun="key" onCopied={() => setCopied(true)} />
      {asking && (
        <Notice kind="warning" role="alert">
          The key was not copied, and cannot be shown again. Close anyway?
        </Notice>
      )}
      <div className="flex flex-wrap justify-end gap-3">
        {asking && <Button onClick={() => setAsking(false)}>Keep it open</Button>}
        <Button
          variant={asking ? 'danger' : 'primary'}
          onClick={() => (copied || asking ? onClose() : setAsking(true))}
        >
          {asking ? 'Close without the key' : 'Done'}
        </Button>
      </div>
    </Dialog>
  )
}
