import { classNames } from './class-names.ts'

/** Stands where something is about to be. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={classNames('animate-pulse rounded-control bg-hover', className)} />
}

/** A page that is loading: its heading and some rows, announced once. */
export function PageSkeleton({ rows = 5 }: { rows?: number }) {
  return (
    <div className="grid gap-6">
      <output className="sr-only">Loading</output>
      <Skeleton className="h-9 w-56" />
      <div className="grid gap-px overflow-hidden rounded-box border">
        {Array.from({ length: rows }, (_, at) => (
          <Skeleton key={at} className="h-10 rounded-none" />
        ))}
      </div>
    </div>
  )
}
