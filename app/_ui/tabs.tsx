'use client'

import { useId, useRef } from 'react'
import type { KeyboardEvent, ReactNode } from 'react'
import { classNames } from './class-names.ts'

export type TabItem = { id: string; label: string; content: ReactNode }

type TabsProps = { label: string; items: readonly TabItem[]; selected: string; onSelect: (id: string) => void }

// Ours and not Base UI's, which weighs more than a page of the dashboard has left.
/** Tabs that open on Enter, Space or a click, so that walking over them with the arrows changes nothing. */
export function Tabs({ label, items, selected, onSelect }: TabsProps) {
  const prefix = useId()
  const list = useRef<HTMLDivElement>(null)

  function walk(event: KeyboardEvent<HTMLDivElement>) {
    const tabs = [...(list.current?.querySelectorAll<HTMLElement>('[role="tab"]') ?? [])]
    const at = tabs.findIndex((tab) => tab === document.activeElement)
    const target = { ArrowRight: at + 1, ArrowLeft: at - 1 + tabs.length, Home: 0, End: tabs.length - 1 }[event.key]
    if (target === undefined) return
    event.preventDefault()
    tabs[target % tabs.length]?.focus()
  }

  return (
    <div>
      <div
        ref={list}
        role="tablist"
        aria-label={label}
        tabIndex={-1}
        onKeyDown={walk}
        className="flex flex-wrap gap-x-5 border-b"
      >
        {items.map(({ id, label: tabLabel }) => (
          <button
            key={id}
            type="button"
            role="tab"
            id={`${prefix}${id}-tab`}
            aria-selected={id === selected}
            aria-controls={`${prefix}${id}-panel`}
            tabIndex={id === selected ? 0 : -1}
            onClick={() => onSelect(id)}
            className={classNames(
              '-mb-px border-b-2 px-0.5 py-2 font-medium',
              id === selected ? 'border-accent text-ink' : 'border-transparent text-muted hover:text-ink',
            )}
          >
            {tabLabel}
          </button>
        ))}
      </div>
      {items.map(({ id, content }) => (
        <div
          key={id}
          role="tabpanel"
          id={`${prefix}${id}-panel`}
          aria-labelledby={`${prefix}${id}-tab`}
          hidden={id !== selected}
          className="pt-4"
        >
          {content}
        </div>
      ))}
    </div>
  )
}
