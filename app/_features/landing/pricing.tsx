import { Check } from 'lucide-react'
import { plans, TRIAL_DAYS } from '#contract/plans.ts'
import { ButtonLink } from '#app/_ui/button-link.tsx'
import { classNames } from '#app/_ui/class-names.ts'
import { Section } from './section.tsx'

type Offer = {
  name: string
  price: string
  unit: string
  lead: string
  points: readonly string[]
  action: { href: string; label: string }
  chosen?: boolean
}

const offers: Offer[] = [
  {
    name: plans.free.name,
    price: dollars(plans.free.priceMinorPerClusterMonth),
    unit: 'for ever',
    lead: 'The operator alone, in operated mode. No account.',
    points: [
      'Status, health and conditions in your cluster',
      'Counts of nodes, namespaces and workloads',
      'An event store that you can query',
      'Nothing leaves the cluster',
    ],
    action: { href: '/charts/kube9-operator', label: 'Install without a key' },
  },
  {
    name: plans.pro.name,
    price: dollars(plans.pro.priceMinorPerClusterMonth),
    unit: 'per cluster and month',
    lead: `With a key, in enabled mode. ${TRIAL_DAYS} days free, no card.`,
    points: [
      'Everything in Free',
      'All your clusters in the portal, live',
      'Keys that end within a minute of being revoked',
      'Stays Pro for 72 hours when our server is away',
    ],
    action: { href: '/sign-up', label: 'Start the trial' },
    chosen: true,
  },
  {
    name: 'Self-hosted',
    price: '$0',
    unit: 'MIT licence',
    lead: 'The portal and the server too, on your own machines.',
    points: [
      'The same programs that we run',
      'Your own accounts, keys and data',
      'No call home',
      'Help from the documentation',
    ],
    action: { href: '/docs/self-hosting', label: 'Read how' },
  },
]

export function Pricing() {
  return (
    <Section
      id="pricing"
      title="Pricing"
      lead="You pay for clusters that are connected with a key. Nothing is counted but those."
    >
      <div className="grid gap-5 md:grid-cols-3">
        {offers.map((offer) => (
          <OfferCard key={offer.name} offer={offer} />
        ))}
      </div>
    </Section>
  )
}

function OfferCard({ offer }: { offer: Offer }) {
  return (
    <section
      aria-label={offer.name}
      className={classNames(
        'flex flex-col rounded-stage border bg-surface p-6',
        offer.chosen && 'border-accent ring-1 ring-accent',
      )}
    >
      <h3 className="text-lg font-semibold">{offer.name}</h3>
      <p className="mt-3 flex flex-wrap items-baseline gap-x-2">
        <span className="text-4xl font-semibold tracking-tight">{offer.price}</span>
        <span className="text-muted">{offer.unit}</span>
      </p>
      <p className="mt-3">{offer.lead}</p>
      <ul className="mt-5 mb-7 grid gap-2.5">
        {offer.points.map((point) => (
          <li key={point} className="grid grid-cols-[16px_1fr] gap-2 text-muted">
            <Check aria-hidden size={16} className="mt-0.5 text-link" />
            {point}
          </li>
        ))}
      </ul>
      <ButtonLink href={offer.action.href} variant={offer.chosen ? 'primary' : 'secondary'} className="mt-auto">
        {offer.action.label}
      </ButtonLink>
    </section>
  )
}

/** Whole dollars from cents. */
function dollars(amountMinor: bigint): string {
  return `$${amountMinor / 100n}`
}
