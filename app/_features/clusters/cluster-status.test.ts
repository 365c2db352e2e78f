import { expect, test } from 'vitest'
import { clusterStateSchema } from '#contract/portal-api.ts'
import { isRemovable } from './cluster-status.ts'

test('every cluster that may be gone can be removed, and none that is heard of', () => {
  expect(clusterStateSchema.options.filter(isRemovable).toSorted()).toEqual(['goodbye', 'offline', 'refused'])
})
