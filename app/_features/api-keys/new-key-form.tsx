'use client'

import { useActionState, useEffect, useRef } from 'react'
import type { CreatedApiKey } from '#contract/portal-api.ts'
import type { Failure } from '#app/_lib/failure.ts'
import { callPortal } from '#app/_lib/portal-client.ts'
import { Field } from '#app/_ui/field.tsx'
import { Notice } from '#app/_ui/notice.tsx'
import { SubmitButton } from '#app/_ui/submit-button.tsx'

type NewKeyFormProps = { teamId: string; hint: string; onCreated: (created: CreatedApiKey) => void }

/** Names a key and makes it. What comes back holds the whole key, this once: the caller keeps it in its state alone. */
export function NewKeyForm({ teamId, hint, onCreated }: NewKeyFormProps) {
  const form = useRef<HTMLFormElement>(null)
  const [attempt, create] = useActionState(async (_: { failure: Failure; name: string } | null, data: FormData) => {
    const typed = data.get('name')
    const name = typeof typed === 'string' ? typed : ''
    const outcome = await callPortal((portal) => portal.apiKeys.create.mutate({ teamId, name }))
    if (!outcome.ok) return { failure: outcome.failure, name }
    onCreated(outcome.data)
    return null
  }, null)

  useEffect(() => {
    if (attempt) form.current?.querySelector<HTMLElement>('[aria-invalid="true"], [data-failure]')?.focus()
  }, [attempt])

  const fieldError = attempt?.failure.field === 'name' ? attempt.failure.message : undefined
  return (
    <form ref={form} action={create} noValidate className="grid gap-4">
      {attempt && !fieldError && (
        <div data-failure tabIndex={-1}>
          <Notice kind="error" role="alert">
            {attempt.failure.message}
          </Notice>
        </div>
      )}
      <Field
        name="name"
        label="Name of the key"
        type="text"
        autoComplete="off"
        required
        maxLength={64}
        placeholder="production"
        hint={hint}
        defaultValue={attempt?.name}
        error={fieldError}
        className="max-w-md"
      />
      <div>
        <SubmitButton pendingLabel="Creating…">Create key</SubmitButton>
      </div>
    </form>
  )
}
