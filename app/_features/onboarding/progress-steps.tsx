import type { OnboardingProgress } from '#contract/portal-api.ts'
import { RelativeTime } from '#app/_ui/relative-time.tsx'
import type { TimelineStep } from '#app/_ui/timeline.tsx'

const facts = [
  { id: 'keySeenAt', title: 'Key seen' },
  { id: 'registeredAt', title: 'Cluster registered' },
  { id: 'firstHeartbeatAt', title: 'First heartbeat' },
  { id: 'firstReportAt', title: 'First report' },
] as const satisfies readonly { id: keyof OnboardingProgress['steps']; title: string }[]

/** The four facts, as a timeline shows them. The first that is missing is under way, or needs the reader when it was refused. */
export function progressSteps(progress: OnboardingProgress, renderedAt: string): TimelineStep[] {
  const next = facts.find(({ id }) => progress.steps[id] === null)
  return facts.map(({ id, title }) => {
    const at = progress.steps[id]
    if (at) return { id, title, state: 'done', detail: <RelativeTime at={at} renderedAt={renderedAt} /> }
    // An operator of the first generation registers and sends nothing more.
    if (id !== next?.id || progress.state === 'connected') return { id, title, state: 'ahead' }
    return { id, title, state: progress.state === 'refused' ? 'failed' : 'current' }
  })
}

/** One sentence, which screen readers hear when it changes. */
export function sentenceOf({ state, cluster, keyRevoked }: OnboardingProgress): string {
  if (keyRevoked && state !== 'connected') return 'This key was revoked. Make another one.'
  switch (state) {
    case 'waiting':
      return 'Waiting for your cluster…'
    case 'refused':
      return 'Your cluster called, and was refused.'
    case 'registered':
      return 'Your cluster is registered. Its first heartbeat is on its way…'
    case 'connected':
      return `${cluster?.name ?? 'Your cluster'} is connected.`
  }
}
