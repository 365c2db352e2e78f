import type { MailboxEntry, MailboxMail } from '#contract/account-api.ts'
import { AutoRefresh } from '#app/_ui/auto-refresh.tsx'
import { Card } from '#app/_ui/card.tsx'
import { EmptyState } from '#app/_ui/empty-state.tsx'
import { Notice } from '#app/_ui/notice.tsx'
import { PageHeading } from '#app/_ui/page-heading.tsx'
import { RelativeTime } from '#app/_ui/relative-time.tsx'
import { TextLink } from '#app/_ui/text-link.tsx'
import { MailText } from './mail-text.tsx'

type MailboxProps = { entries: readonly MailboxEntry[]; selected: MailboxMail | null; renderedAt: string }

/** The mail of a local installation, which goes nowhere else. */
export function Mailbox({ entries, selected, renderedAt }: MailboxProps) {
  return (
    <div className="mx-auto max-w-page px-5 py-10">
      <AutoRefresh everyMs={2_000} />
      <PageHeading title="Development mailbox" />
      <Notice kind="info" className="mb-6">
        This installation is local: its mail lands here and goes nowhere else.
      </Notice>
      <div className="grid items-start gap-6 lg:grid-cols-[360px_1fr]">
        <Card aria-label="Mails">
          {entries.length === 0 ? (
            <EmptyState kind="none-yet" title="No mail yet">
              Sign up, and the mail appears here by itself.
            </EmptyState>
          ) : (
            <ul>
              {entries.map(({ id, to, subject, receivedAt }) => (
                <li key={id} className="border-b px-5 py-3 last:border-b-0">
                  <TextLink
                    href={`/mailbox?mail=${id}`}
                    aria-current={id === selected?.id ? 'true' : undefined}
                    className="font-medium"
                  >
                    {subject}
                  </TextLink>
                  <p className="break-all text-muted">
                    to {to}, <RelativeTime at={receivedAt} renderedAt={renderedAt} />
                  </p>
                </li>
              ))}
            </ul>
          )}
        </Card>
        {selected && <Mail mail={selected} />}
      </div>
    </div>
  )
}

function Mail({ mail }: { mail: MailboxMail }) {
  return (
    <Card aria-labelledby="mail-subject">
      <div className="border-b px-5 py-4">
        <h2 id="mail-subject" className="text-lg font-semibold">
          {mail.subject}
        </h2>
        <p className="break-all text-muted">
          from {mail.from} to {mail.to}
        </p>
      </div>
      <MailText text={mail.text} links={mail.links} />
    </Card>
  )
}
