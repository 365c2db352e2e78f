import { labelOf } from '../names/names.ts'
import type { Names } from '../names/names.ts'

/** The name of an object, or the short form of its pseudonym where the name is not known. */
export function ObjectName({ names, pseudonym }: { names: Names; pseudonym: string }) {
  const { text, real } = labelOf(names, pseudonym)
  return real ? (
    <span title={text}>{text}</span>
  ) : (
    <span className="pseudonym" title={`${pseudonym}: its real name is not known here`}>
      {text}
    </span>
  )
}
