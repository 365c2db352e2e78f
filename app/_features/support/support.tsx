import { PageHeading } from '#app/_ui/page-heading.tsx'
import { TextLink } from '#app/_ui/text-link.tsx'

export function Support() {
  return (
    <div className="mx-auto max-w-page px-5 py-12">
      <PageHeading title="Support" />
      <div className="prose">
        <p>
          Most questions have an answer in the <TextLink href="/docs">documentation</TextLink>; what goes wrong while a
          cluster connects is in <TextLink href="/docs/troubleshooting">troubleshooting</TextLink>.
        </p>
        <p>
          When a page shows an error, it shows a request id. Give it with your report: it finds the fault in the
          server’s log without a word about your cluster.
        </p>
        <p>
          On an installation of your own you are the support: the same id stands in the log of the portal and of the
          server. Faults of the program itself are best told where you got it from, with the version, what you did, and
          what you saw.
        </p>
        <p>Never send a key. The masked form that the portal shows is enough to find it.</p>
      </div>
    </div>
  )
}
