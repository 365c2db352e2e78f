/** A codicon. Decorative: a word stands beside it, or the button has a label. */
export function Icon({ name, className = '' }: { name: IconName; className?: string }) {
  return <i className={`codicon codicon-${name} ${className}`} aria-hidden />
}

/** Each has its place in `codicons.css`. */
export type IconName =
  | 'arrow-down'
  | 'check'
  | 'chevron-right'
  | 'circle'
  | 'copy'
  | 'error'
  | 'history'
  | 'info'
  | 'lock'
  | 'output'
  | 'pass'
  | 'question'
  | 'refresh'
  | 'save'
  | 'sync'
  | 'warning'
  | 'word-wrap'
  | 'code'
  | 'filter'
