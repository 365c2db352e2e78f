import { Ban, Send } from 'lucide-react'
import { DASHBOARD_CONFIG_MAP } from '#contract/dashboard-data.ts'
import { STATUS_CONFIG_MAP } from '#contract/operator-status.ts'
import { collectionPayload, heartbeatFields, heartbeatPayload, registrationPayload } from './payload-example.ts'
import { Section } from './section.tsx'

const written = [
  { name: STATUS_CONFIG_MAP.name, holds: 'Mode, health, conditions: what your editor reads.' },
  { name: DASHBOARD_CONFIG_MAP.name, holds: 'Counts of nodes, namespaces and workloads.' },
] as const

export function WhatLeaves() {
  return (
    <Section
      id="what-leaves"
      title="What leaves your cluster"
      lead="The mode decides. You choose it by giving the operator a key, or not, and can change it at any time."
    >
      <div className="grid gap-5 lg:grid-cols-[2fr_3fr]">
        <section aria-labelledby="operated-title" className="rounded-box border bg-operated-soft p-6">
          <h3 id="operated-title" className="flex items-center gap-2 text-lg font-semibold">
            <Ban aria-hidden size={18} className="text-operated" />
            Operated: nothing
          </h3>
          <p className="mt-2 text-base">
            Without a key the operator talks to your cluster’s own API and to nobody else. Not one packet. A test of
            this project watches its sockets.
          </p>
          <p className="mt-5 font-medium">What it writes stays inside:</p>
          <ul className="mt-2 grid gap-2">
            {written.map(({ name, holds }) => (
              <li key={name}>
                <code className="break-all">{name}</code>
                <span className="block text-muted">{holds}</span>
              </li>
            ))}
          </ul>
        </section>
        <section aria-labelledby="enabled-title" className="rounded-box border bg-surface p-6">
          <h3 id="enabled-title" className="flex items-center gap-2 text-lg font-semibold">
            <Send aria-hidden size={18} className="text-link" />
            Enabled: these fields
          </h3>
          <p className="mt-2 text-muted">
            A heartbeat every 30 seconds, over https. No name of a workload, no log line, no free text.
          </p>
          <dl className="mt-5 grid gap-x-6 sm:grid-cols-[auto_1fr]">
            {heartbeatFields.map(([field, meaning]) => (
              <div key={field} className="border-t py-2 sm:col-span-2 sm:grid sm:grid-cols-subgrid">
                <dt>
                  <code>{field}</code>
                </dt>
                <dd className="text-muted">{meaning}</dd>
              </div>
            ))}
          </dl>
          <p className="mt-5 text-muted">
            And every five minutes what the cluster holds: nodes, workloads, and counts of how they are configured. A
            pseudonym stands for every name, and its key never leaves the cluster. No label, image, address or variable
            is in it. <code>kube9-operator egress</code> shows you each byte that left.
          </p>
          <Payload title="A real heartbeat" body={heartbeatPayload} />
          <Payload title="A real registration" body={registrationPayload} />
          <Payload title="A real collection" body={collectionPayload} />
        </section>
      </div>
    </Section>
  )
}

function Payload({ title, body }: { title: string; body: string }) {
  return (
    <details className="group border-t py-2.5">
      <summary className="rounded-control font-medium text-link">{title}</summary>
      <pre className="mt-2 rounded-box bg-terminal p-4 text-xs leading-5 break-words whitespace-pre-wrap text-terminal-ink">
        <code>{body}</code>
      </pre>
    </details>
  )
}
