import type { Chart } from '#contract/portal-api.ts'
import { defaultTarget, operatedCommand } from '#app/_features/onboarding/install-commands.ts'
import { longDate } from '#app/_lib/dates.ts'
import { Card, CardHeader } from '#app/_ui/card.tsx'
import { CommandBlock } from '#app/_ui/command-block.tsx'
import { Notice } from '#app/_ui/notice.tsx'
import { PageHeading } from '#app/_ui/page-heading.tsx'
import { Table } from '#app/_ui/table.tsx'
import { TextLink } from '#app/_ui/text-link.tsx'
import { Markdown } from '../docs/markdown.tsx'

/** `apiUrl` is this installation's API, for the day when a key is added. */
export function ChartPage({ chart, apiUrl }: { chart: Chart; apiUrl: string }) {
  const command = operatedCommand({ ...defaultTarget, chartsUrl: chart.repositoryUrl, apiUrl })
  return (
    <div className="mx-auto grid max-w-page gap-8 px-5 py-10">
      <PageHeading title={chart.name} lead={chart.description} />
      <div className="grid gap-4">
        <CommandBlock command={command} label="Install command" />
        <Notice kind="info">
          This installs without a key: nothing leaves the cluster. To connect it,{' '}
          <TextLink href="/home">start in the portal</TextLink>; the key can be added at any time.
        </Notice>
      </div>
      <Versions chart={chart} />
      {chart.readmeMarkdown && <Markdown source={withoutTitle(chart.readmeMarkdown)} />}
      <section aria-labelledby="values-title" className="grid gap-3">
        <h2 id="values-title" className="text-xl font-semibold">
          Values
        </h2>
        <Markdown source={fenced(chart.valuesYaml)} />
      </section>
    </div>
  )
}

function Versions({ chart }: { chart: Chart }) {
  return (
    <Card aria-labelledby="versions-title">
      <CardHeader id="versions-title" title="Versions" />
      <Table
        caption={`Versions of ${chart.name}`}
        rows={chart.versions}
        rowKey={({ version }) => version}
        columns={[
          {
            id: 'version',
            label: 'Version',
            cell: ({ version, url }) => (
              <a href={url} className="rounded-cell text-link underline underline-offset-3">
                {version}
              </a>
            ),
          },
          { id: 'app', label: 'Operator', cell: ({ appVersion }) => appVersion },
          { id: 'created', label: 'Published', cell: ({ created }) => longDate(created) },
          {
            id: 'digest',
            label: 'Digest',
            wide: true,
            cell: ({ digest }) => <code className="text-xs break-all text-muted">{digest}</code>,
          },
        ]}
      />
    </Card>
  )
}

/** The README without its title, which the page has already. */
function withoutTitle(markdown: string): string {
  return markdown.replace(/^\s*# .*\n/, '')
}

/** As a code block of Markdown; the fence is longer than any inside. */
function fenced(yaml: string): string {
  const longest = Math.max(0, ...[...yaml.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(Math.max(3, longest + 1))
  return `${fence}yaml\n${yaml}\n${fence}`
}
