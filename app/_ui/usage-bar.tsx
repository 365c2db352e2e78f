type UsageBarProps = { label: string; used: number; limit: number | null }

/** How much of a limit is used, in words and as a bar; a limit of null is none. */
export function UsageBar({ label, used, limit }: UsageBarProps) {
  return (
    <div className="grid gap-2">
      <p className="flex justify-between gap-4">
        <span>{label}</span>
        <span className="font-medium tabular-nums">{limit === null ? used : `${used} of ${limit}`}</span>
      </p>
      {limit !== null && limit > 0 && (
        <div aria-hidden className="h-2 overflow-hidden rounded-full bg-hover">
          <div className="h-full rounded-full bg-accent" style={{ width: `${Math.min(100, (used / limit) * 100)}%` }} />
        </div>
      )}
    </div>
  )
}
