import { ArrowRight } from 'lucide-react'
import { EcosystemDiagram } from './ecosystem-diagram.tsx'
import { flows } from './flows.ts'
import { Section } from './section.tsx'

export function HowItWorks() {
  return (
    <Section
      id="how-it-works"
      title="How it works"
      lead="Four parts, and every arrow between them. The operator needs no way in: it opens no port to the outside and calls one address."
    >
      <EcosystemDiagram />
      <ol className="grid gap-x-10 gap-y-4 md:grid-cols-2">
        {flows.map((flow) => (
          <li key={flow.number} className="grid grid-cols-[28px_1fr] gap-x-2">
            <span
              aria-hidden
              className="flex size-6 items-center justify-center rounded-control border text-xs font-semibold text-muted"
            >
              {flow.number}
            </span>
            <div>
              <p className="flex flex-wrap items-center gap-1.5 font-medium">
                {flow.from}
                <ArrowRight aria-hidden size={14} className="text-muted" />
                <span className="sr-only">to</span>
                {flow.to}
              </p>
              <p className="text-muted">{flow.what}</p>
            </div>
          </li>
        ))}
      </ol>
    </Section>
  )
}
