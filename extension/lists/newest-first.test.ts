import { expect, test } from 'vitest'
import { newestFirst } from './newest-first.ts'

test('events stand by when they were last seen, those of no known age last', () => {
  const ages = ['3d4h', '<unknown>', '27s', '5m12s', '5m', '2y', '11h']
  const rows = ages.map((age) => ({ name: age, namespace: null, cell: () => age }))
  expect(newestFirst(rows).map(({ name }) => name)).toEqual(['27s', '5m', '5m12s', '11h', '3d4h', '2y', '<unknown>'])
})
