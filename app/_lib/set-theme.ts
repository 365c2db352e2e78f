'use server'

import { cookies } from 'next/headers'
import { THEME_COOKIE, themeOf } from './theme.ts'

const ONE_YEAR_SECONDS = 365 * 86_400

/** Remembers the theme that the pressed button names. */
export async function setTheme(form: FormData): Promise<void> {
  const theme = themeOf(form.get('theme'))
  const jar = await cookies()
  if (theme === 'system') jar.delete(THEME_COOKIE)
  else jar.set(THEME_COOKIE, theme, { maxAge: ONE_YEAR_SECONDS, sameSite: 'lax', httpOnly: true, path: '/' })
}
