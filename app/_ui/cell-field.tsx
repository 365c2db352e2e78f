/** The grid of cells behind the first screen: the mark, endless, fading out. Decoration only. */
export function CellField() {
  return (
    <svg aria-hidden className="cell-field absolute inset-0 -z-10 size-full">
      <defs>
        <pattern id="cells" width="32" height="32" patternUnits="userSpaceOnUse">
          <rect x="4" y="4" width="24" height="24" rx="6" className="fill-line" />
        </pattern>
      </defs>
      <rect width="100%" height="100%" fill="url(#cells)" />
    </svg>
  )
}
