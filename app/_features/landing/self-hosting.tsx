import { ButtonLink } from '#app/_ui/button-link.tsx'
import { Section } from './section.tsx'

const lines = [
  { text: 'git clone <this repository> && cd kube9', note: 'Node 20 or newer, npm and git are enough' },
  { text: 'npm start', note: 'portal, server, worker and a PostgreSQL of its own' },
  { text: 'npm run demo', note: 'the same, with a small cluster and the operator in it' },
] as const

export function SelfHosting() {
  return (
    <Section
      id="self-hosting"
      title="Run it yourself"
      lead="Portal, server and operator are one repository under the MIT licence. It starts on a laptop with one command, and needs no account anywhere."
    >
      <div className="grid gap-6 md:grid-cols-[3fr_2fr] md:items-center">
        <dl className="grid gap-3 rounded-box border border-terminal-line bg-terminal p-5 text-terminal-ink">
          {lines.map(({ text, note }) => (
            <div key={text}>
              <dt className="font-mono break-words">
                <span aria-hidden className="text-terminal-accent">
                  ${' '}
                </span>
                {text}
              </dt>
              <dd className="pl-4 text-terminal-muted">{note}</dd>
            </div>
          ))}
        </dl>
        <div className="grid justify-items-start gap-4">
          <p className="text-base">
            With a <code>DATABASE_URL</code> and secrets of your own it is an installation: three processes, PostgreSQL
            15 or newer, and an SMTP server.
          </p>
          <ButtonLink href="/docs/self-hosting">Self-hosting notes</ButtonLink>
        </div>
      </div>
    </Section>
  )
}
