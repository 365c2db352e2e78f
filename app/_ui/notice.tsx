import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'

const looks = {
  info: { icon: Info, className: 'bg-operated-soft', iconClassName: 'text-operated' },
  done: { icon: CircleCheck, className: 'bg-healthy-soft', iconClassName: 'text-healthy' },
  warning: { icon: TriangleAlert, className: 'bg-degraded-soft', iconClassName: 'text-degraded' },
  error: { icon: CircleAlert, className: 'bg-unhealthy-soft', iconClassName: 'text-unhealthy' },
} as const

type NoticeProps = { kind: keyof typeof looks; children: ReactNode; className?: string; role?: 'alert' | 'status' }

/** A sentence or two that stand out from the page. Give a role when it appears after something was done. */
export function Notice({ kind, children, className, role }: NoticeProps) {
  const look = looks[kind]
  const Icon = look.icon
  return (
    <div role={role} className={classNames('flex gap-2.5 rounded-box px-3.5 py-2.5', look.className, className)}>
      <Icon aria-hidden size={16} className={classNames('mt-0.5 shrink-0', look.iconClassName)} />
      <div className="min-w-0">{children}</div>
    </div>
  )
}
