import type { OnboardingProgress } from '#contract/portal-api.ts'
import { RelativeTime } from '#app/_ui/relative-time.tsx'

type RefusedAttemptsProps = { attempts: OnboardingProgress['refusedAttempts']; renderedAt: string }

/** The last calls with this key that were refused: when, why, and what mends it. */
export function RefusedAttempts({ attempts, renderedAt }: RefusedAttemptsProps) {
  if (attempts.length === 0) return null
  return (
    <section aria-labelledby="refused-title" className="rounded-box bg-unhealthy-soft p-4">
      <h3 id="refused-title" className="font-semibold">
        Refused
      </h3>
      <ul className="mt-2 grid gap-2">
        {attempts.map(({ at, code, message, operatorVersion }) => (
          <li key={`${at}-${code}`}>
            {message}
            <span className="block text-muted">
              <RelativeTime at={at} renderedAt={renderedAt} />, <code>{code}</code>
              {operatorVersion && <>, operator {operatorVersion}</>}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
