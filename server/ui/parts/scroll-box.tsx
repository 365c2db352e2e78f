import type { ReactNode, Ref } from 'react'

type ScrollBoxProps = { label: string; className: string; children: ReactNode; ref?: Ref<HTMLElement> }

/** Content that scrolls inside its own box, which the keyboard reaches too. */
export function ScrollBox({ label, className, children, ref }: ScrollBoxProps) {
  return (
    <section
      ref={ref}
      className={className}
      aria-label={`${label}, scrolls`}
      // Without the focus it could not be scrolled by keys.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
    >
      {children}
    </section>
  )
}
