import { useEffect, useId, useRef, useState } from 'react'
import type { KeyboardEvent, ReactNode } from 'react'

export type Tab<Id extends string> = { id: Id; title: string; badge?: string | undefined; content: () => ReactNode }

type TabsProps<Id extends string> = {
  label: string
  tabs: readonly Tab<Id>[]
  selected: Id
  onSelect: (id: Id) => void
}

const steps: Record<string, (at: number, count: number) => number> = {
  ArrowRight: (at, count) => (at + 1) % count,
  ArrowLeft: (at, count) => (at - 1 + count) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
}

/**
 * Arrows move between tabs, Enter and Space open one: some hold a lot, and a walk past them should not load it. A tab that is
 * opened from elsewhere takes the focus, since what had it may be gone.
 */
export function Tabs<Id extends string>({ label, tabs, selected, onSelect }: TabsProps<Id>) {
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  const [focused, setFocused] = useState(selected)
  const lastSelected = useRef(selected)
  useEffect(() => {
    if (lastSelected.current === selected) return
    lastSelected.current = selected
    setFocused(selected)
    focusTab(list.current, selected)
  }, [selected])
  const move = (event: KeyboardEvent) => {
    const at = tabs.findIndex((tab) => tab.id === focused)
    const to = tabs[steps[event.key]?.(at, tabs.length) ?? -1]
    if (!to || event.ctrlKey || event.altKey || event.metaKey) return
    event.preventDefault()
    setFocused(to.id)
    focusTab(list.current, to.id)
  }
  const shown = tabs.find((tab) => tab.id === selected)
  return (
    <>
      {/* The tabs inside take the focus, one at a time. */}
      {/* oxlint-disable-next-line jsx-a11y/interactive-supports-focus */}
      <div ref={list} role="tablist" aria-label={label} className="tab-list" onKeyDown={move}>
        {tabs.map((tab) => (
          <button
            key={tab.id}
            type="button"
            role="tab"
            id={`${id}-${tab.id}`}
            data-tab={tab.id}
            aria-selected={tab.id === selected}
            aria-controls={tab.id === selected ? `${id}-panel` : undefined}
            tabIndex={tab.id === focused ? 0 : -1}
            className="tab"
            onFocus={() => setFocused(tab.id)}
            onClick={() => onSelect(tab.id)}
          >
            {tab.title}
            {tab.badge !== undefined && <span className="badge">{tab.badge}</span>}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${selected}`} className="tab-panel">
        {shown?.content()}
      </div>
    </>
  )
}

function focusTab(list: HTMLElement | null, id: string): void {
  list?.querySelector<HTMLElement>(`[data-tab="${id}"]`)?.focus()
}
