'use client'

import { Tabs as BaseTabs } from '@base-ui/react/tabs'
import type { ReactNode } from 'react'

export type TabItem = { id: string; label: string; content: ReactNode }

type TabsProps = { label: string; items: readonly TabItem[]; selected: string; onSelect: (id: string) => void }

/** Tabs that open on Enter or Space, so that walking over them with the arrows changes nothing. */
export function Tabs({ label, items, selected, onSelect }: TabsProps) {
  return (
    <BaseTabs.Root value={selected} onValueChange={(value) => onSelect(String(value))}>
      <BaseTabs.List aria-label={label} activateOnFocus={false} className="flex flex-wrap gap-x-5 border-b">
        {items.map((item) => (
          <BaseTabs.Tab
            key={item.id}
            value={item.id}
            className="-mb-px border-b-2 border-transparent px-0.5 py-2 font-medium text-muted hover:text-ink data-active:border-accent data-active:text-ink"
          >
            {item.label}
          </BaseTabs.Tab>
        ))}
      </BaseTabs.List>
      {items.map((item) => (
        <BaseTabs.Panel key={item.id} value={item.id} className="pt-4">
          {item.content}
        </BaseTabs.Panel>
      ))}
    </BaseTabs.Root>
  )
}
