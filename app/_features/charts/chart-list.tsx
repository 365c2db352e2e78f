import type { Chart } from '#contract/portal-api.ts'
import { Badge } from '#app/_ui/badge.tsx'
import { Card } from '#app/_ui/card.tsx'
import { CommandBlock } from '#app/_ui/command-block.tsx'
import { EmptyState } from '#app/_ui/empty-state.tsx'
import { PageHeading } from '#app/_ui/page-heading.tsx'
import { TextLink } from '#app/_ui/text-link.tsx'

export function ChartList({ charts, chartsUrl }: { charts: readonly Chart[]; chartsUrl: string }) {
  return (
    <div className="mx-auto grid max-w-page gap-6 px-5 py-10">
      <PageHeading title="Charts" lead="The Helm repository of kube9. Published versions never change." />
      <CommandBlock command={`helm repo add kube9 ${chartsUrl}`} label="Repository command" />
      <Card aria-label="Charts">
        {charts.length === 0 ? (
          <EmptyState kind="none-yet" title="No chart is published here yet">
            Whoever runs this installation has not packaged any.
          </EmptyState>
        ) : (
          <ul>
            {charts.map(({ name, description, versions }) => (
              <li key={name} className="border-b px-5 py-4 last:border-b-0">
                <p className="flex flex-wrap items-center gap-2">
                  <TextLink href={`/charts/${name}`} className="text-lg font-semibold">
                    {name}
                  </TextLink>
                  {versions[0] && <Badge>{versions[0].version}</Badge>}
                </p>
                <p className="text-muted">{description}</p>
              </li>
            ))}
          </ul>
        )}
      </Card>
    </div>
  )
}
