import type { ReactNode, RefObject } from 'react'

type StepProps = {
  number: number
  title: string
  headingRef?: RefObject<HTMLHeadingElement | null>
  children: ReactNode
}

/** A numbered part of the way. */
export function Step({ number, title, headingRef, children }: StepProps) {
  return (
    <section aria-labelledby={`step-${number}`} className="grid gap-x-4 gap-y-3 sm:grid-cols-[32px_1fr]">
      <span
        aria-hidden
        className="flex size-8 items-center justify-center rounded-box border bg-surface font-semibold max-sm:hidden"
      >
        {number}
      </span>
      <div className="min-w-0">
        <h2
          id={`step-${number}`}
          ref={headingRef}
          tabIndex={-1}
          className="mb-3 rounded-cell text-lg leading-8 font-semibold"
        >
          {title}
        </h2>
        {children}
      </div>
    </section>
  )
}
