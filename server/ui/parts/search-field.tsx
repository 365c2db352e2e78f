import { useEffect, useRef } from 'react'
import type { RefObject } from 'react'
import { Icon } from './icon.tsx'

type SearchFieldProps = {
  label: string
  value: string
  onChange: (value: string) => void
  fieldRef?: RefObject<HTMLInputElement | null>
}

/** A field that Ctrl+F leads to while it is on the page, and Escape empties. */
export function SearchField({ label, value, onChange, fieldRef }: SearchFieldProps) {
  const ownRef = useRef<HTMLInputElement>(null)
  const field = fieldRef ?? ownRef
  useEffect(() => {
    // On the document, so that it comes before keys are given to the editor, which happens on the window.
    const find = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey || event.key.toLowerCase() !== 'f') return
      event.preventDefault()
      field.current?.select()
    }
    document.addEventListener('keydown', find)
    return () => document.removeEventListener('keydown', find)
  }, [field])
  return (
    <label className="search">
      <Icon name="search" />
      <input
        ref={field}
        type="search"
        aria-label={label}
        placeholder={label}
        value={value}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || value === '') return
          event.preventDefault()
          onChange('')
        }}
      />
    </label>
  )
}
