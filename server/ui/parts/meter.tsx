/** A count within its bound, as a bar and as numbers. */
export function Meter({ value, max, label }: { value: number; max: number; label: string }) {
  const share = max === 0 ? 0 : Math.min(1, value / max)
  return (
    <span className="meter">
      <span className="meter-bar" aria-hidden="true">
        <span className="meter-fill" style={{ inlineSize: `${share * 100}%` }} />
      </span>
      <span className="meter-text">
        {value}/{max}
        <span className="visually-hidden"> {label}</span>
      </span>
    </span>
  )
}
