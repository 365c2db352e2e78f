import { Check, CircleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'

export type TimelineStep = {
  id: string
  title: string
  state: 'done' | 'current' | 'failed' | 'ahead'
  detail?: ReactNode
}

const marks = {
  done: 'border-transparent bg-healthy-soft text-healthy',
  current: 'border-focus bg-accent-soft text-link',
  failed: 'border-transparent bg-unhealthy-soft text-unhealthy',
  ahead: 'border-control bg-surface text-muted',
} as const

const words = { done: 'Done', current: 'Under way', failed: 'Needs you', ahead: 'Not yet' } as const

/** Facts in the order in which they arrive. */
export function Timeline({ steps }: { steps: readonly TimelineStep[] }) {
  return (
    <ol className="grid">
      {steps.map((step, at) => (
        <li
          key={step.id}
          className="relative grid grid-cols-[24px_1fr] gap-x-3 pb-5 last:pb-0"
          aria-current={step.state === 'current' ? 'step' : undefined}
        >
          {at < steps.length - 1 && <span aria-hidden className="absolute top-6 bottom-0 left-3 w-px bg-line" />}
          <span
            aria-hidden
            className={classNames(
              'flex size-6 items-center justify-center rounded-full border text-xs font-semibold',
              marks[step.state],
            )}
          >
            <StepMark state={step.state} number={at + 1} />
          </span>
          <div className="pt-0.5">
            <p className={classNames('font-medium', step.state === 'ahead' && 'text-muted')}>
              <span className="sr-only">{words[step.state]}: </span>
              {step.title}
            </p>
            {step.detail && <div className="mt-0.5 text-muted">{step.detail}</div>}
          </div>
        </li>
      ))}
    </ol>
  )
}

function StepMark({ state, number }: { state: TimelineStep['state']; number: number }) {
  if (state === 'done') return <Check size={14} strokeWidth={3} />
  if (state === 'failed') return <CircleAlert size={14} strokeWidth={2.5} />
  return number
}
