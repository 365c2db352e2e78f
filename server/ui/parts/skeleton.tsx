/** Grey bars in the place of what is on its way. */
export function Skeleton({ label, lines }: { label: string; lines: number }) {
  return (
    <output aria-label={label} className="skeleton">
      {Array.from({ length: lines }, (_, at) => (
        <span key={`line-${at + 1}`} />
      ))}
    </output>
  )
}
