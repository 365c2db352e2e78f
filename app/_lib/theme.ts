/** What a reader may choose; `system` follows the machine. Kept in a cookie, so that the first paint is already right. */
export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

export const THEME_COOKIE = 'kube9-theme'

/** Reads a cookie or a form; whatever it does not know is `system`. */
export function themeOf(value: unknown): Theme {
  return themes.find((theme) => theme === value) ?? 'system'
}
