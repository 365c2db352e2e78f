import { accountPurposeSchema } from '#contract/account-api.ts'
import type { AccountPurpose } from '#contract/account-api.ts'
import { localPath } from '#app/_lib/local-path.ts'
import { firstOf } from '#app/_lib/search-params.ts'

/** What somebody who signs in or up came for, kept from page to page until they are in. */
export type Entry = {
  /** A path of this site to go to afterwards. */
  next: string
  purpose: AccountPurpose | undefined
}

const NEXT = '/home'

/** Reads an entry from a page's query. Whatever is not known there counts as not said. */
export function entryOf(query: Record<string, string | string[] | undefined>): Entry {
  return {
    next: localPath(query['next'], NEXT),
    purpose: accountPurposeSchema.safeParse(firstOf(query['for'])).data,
  }
}

/** The query that `entryOf` reads the same entry from. */
export function entryQuery({ next, purpose }: Entry): Record<string, string> {
  return { ...(purpose && { for: purpose }), ...(next !== NEXT && { next }) }
}
