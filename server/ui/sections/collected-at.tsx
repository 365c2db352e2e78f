import { RelativeTime } from '../parts/relative-time.tsx'

type Report = { receivedAt: string; data: { truncated: boolean } }

/** When a collection came, and whether something was left out of it. */
export function CollectedAt({ report: { receivedAt, data } }: { report: Report }) {
  return (
    <>
      Collected <RelativeTime at={receivedAt} />.{data.truncated && ' The list was cut to fit; totals are whole.'}
    </>
  )
}
