/** Where the site's head leads, in this order. */
export const siteLinks = [
  { href: '/#how-it-works', label: 'How it works' },
  { href: '/#pricing', label: 'Pricing' },
  { href: '/docs', label: 'Docs' },
  { href: '/charts', label: 'Charts' },
] as const

/** What stands in the site's foot, beside those. */
export const footLinks = [
  { href: '/#what-leaves', label: 'What leaves your cluster' },
  { href: '/#self-hosting', label: 'Self-hosting' },
  { href: '/#questions', label: 'Questions' },
  { href: '/support', label: 'Support' },
] as const
