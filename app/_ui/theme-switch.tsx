import { Monitor, Moon, Sun } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import { classNames } from './class-names.ts'

type ThemeName = 'system' | 'light' | 'dark'

const choices: { theme: ThemeName; label: string; icon: LucideIcon }[] = [
  { theme: 'system', label: 'Follow the system', icon: Monitor },
  { theme: 'light', label: 'Light', icon: Sun },
  { theme: 'dark', label: 'Dark', icon: Moon },
]

/** Three buttons of a form, so that it works before, and without, any script. */
export function ThemeSwitch({ current, action }: { current: ThemeName; action: (form: FormData) => Promise<void> }) {
  return (
    <form action={action}>
      <fieldset className="inline-flex gap-0.5 rounded-control border p-0.5">
        <legend className="sr-only">Theme</legend>
        {choices.map(({ theme, label, icon: Icon }) => (
          <button
            key={theme}
            type="submit"
            name="theme"
            value={theme}
            aria-pressed={theme === current}
            aria-label={label}
            title={label}
            className={classNames(
              'flex size-6 items-center justify-center rounded-cell',
              theme === current ? 'bg-hover text-ink' : 'text-muted hover:text-ink',
            )}
          >
            <Icon aria-hidden size={14} />
          </button>
        ))}
      </fieldset>
    </form>
  )
}
