import { classNames } from './class-names.ts'

export type IconName =
  | 'arrow-down'
  | 'arrow-up'
  | 'check'
  | 'circle-slash'
  | 'copy'
  | 'debug-disconnect'
  | 'error'
  | 'filter'
  | 'graph'
  | 'history'
  | 'info'
  | 'link-external'
  | 'lock'
  | 'pass'
  | 'pulse'
  | 'question'
  | 'refresh'
  | 'search'
  | 'sparkle'
  | 'sync'
  | 'table'
  | 'warning'

/** A codicon in the colour of the text. Decorative: a word stands beside it. */
export function Icon({ name, className }: { name: IconName; className?: string | undefined }) {
  return <span aria-hidden="true" className={classNames('icon', `icon-${name}`, className)} />
}
