import { CircleCheck, CircleDashed, CircleSlash, CircleX, KeyRound, LogOut, Radio, TriangleAlert } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import { classNames } from './class-names.ts'
import type { StatusTone } from './status-tones.ts'

/** Everything that can be said of a cluster or a key in one word. */
export type Status = StatusTone | 'waiting' | 'goodbye' | 'active' | 'ended'

const tones: Record<StatusTone, { badge: string; solid: string }> = {
  healthy: { badge: 'bg-healthy-soft text-healthy', solid: 'text-healthy-solid' },
  degraded: { badge: 'bg-degraded-soft text-degraded', solid: 'text-degraded-solid' },
  unhealthy: { badge: 'bg-unhealthy-soft text-unhealthy', solid: 'text-unhealthy-solid' },
  offline: { badge: 'bg-offline-soft text-offline', solid: 'text-offline-solid' },
  operated: { badge: 'bg-operated-soft text-operated', solid: 'text-operated-solid' },
  enabled: { badge: 'bg-enabled-soft text-enabled', solid: 'text-enabled-solid' },
}

const looks: Record<Status, { word: string; icon: LucideIcon; tone: StatusTone }> = {
  healthy: { word: 'Healthy', icon: CircleCheck, tone: 'healthy' },
  degraded: { word: 'Degraded', icon: TriangleAlert, tone: 'degraded' },
  unhealthy: { word: 'Unhealthy', icon: CircleX, tone: 'unhealthy' },
  offline: { word: 'Offline', icon: CircleSlash, tone: 'offline' },
  operated: { word: 'Operated', icon: Radio, tone: 'operated' },
  enabled: { word: 'Enabled', icon: KeyRound, tone: 'enabled' },
  waiting: { word: 'Waiting', icon: CircleDashed, tone: 'offline' },
  goodbye: { word: 'Said goodbye', icon: LogOut, tone: 'offline' },
  active: { word: 'Active', icon: KeyRound, tone: 'enabled' },
  ended: { word: 'Revoked', icon: CircleSlash, tone: 'offline' },
}

/** Icon, word and colour: never colour alone. */
export function StatusBadge({ status, word }: { status: Status; word?: string }) {
  const look = looks[status]
  const Icon = look.icon
  return (
    <span
      className={classNames(
        'inline-flex items-center gap-1.5 rounded-full py-0.5 pr-2.5 pl-2 text-xs leading-5 font-medium whitespace-nowrap',
        tones[look.tone].badge,
      )}
    >
      <Icon aria-hidden size={14} strokeWidth={2.25} />
      {word ?? look.word}
    </span>
  )
}

/** The class that draws a shape, such as a glyph, in a status's solid colour. */
export function statusSolid(status: Status): string {
  return tones[looks[status].tone].solid
}
