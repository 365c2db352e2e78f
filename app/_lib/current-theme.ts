import { cookies } from 'next/headers'
import { THEME_COOKIE, themeOf } from './theme.ts'
import type { Theme } from './theme.ts'

/** The theme that this request's reader chose. */
export async function currentTheme(): Promise<Theme> {
  const jar = await cookies()
  return themeOf(jar.get(THEME_COOKIE)?.value)
}
