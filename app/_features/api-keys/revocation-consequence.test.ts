import { expect, it } from 'vitest'
import { revocationConsequence } from './revocation-consequence.ts'

it('names the clusters that a revocation hits, and counts those that it does not name', () => {
  expect(revocationConsequence(['prod'])).toContain('1 cluster still uses this key: prod.')
  expect(revocationConsequence(['a', 'b', 'c', 'd', 'e'])).toContain(
    '5 clusters still use this key: a, b, c and 2 more.',
  )
})

it('says that nothing hangs on an unused key', () => {
  expect(revocationConsequence([])).toContain('No cluster uses this key.')
})
