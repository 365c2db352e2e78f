import type { ReactNode } from 'react'

type SectionProps = { id: string; title: string; lead: ReactNode; children: ReactNode }

/** One subject of the start page, which its heading names and a link can point at. */
export function Section({ id, title, lead, children }: SectionProps) {
  return (
    <section id={id} aria-labelledby={`${id}-title`} className="border-t">
      <div className="mx-auto grid max-w-page gap-10 px-5 py-16 md:py-24">
        <div className="grid max-w-[62ch] gap-3">
          <h2 id={`${id}-title`} className="text-3xl font-semibold tracking-tight">
            {title}
          </h2>
          <div className="text-base text-muted">{lead}</div>
        </div>
        {children}
      </div>
    </section>
  )
}
