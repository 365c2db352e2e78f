'use server'

import { cookies } from 'next/headers'
import { FOLDED_COOKIE } from './side-bar.ts'

const ONE_YEAR_SECONDS = 365 * 86_400

/** Remembers whether the side bar is folded to its icons. */
export async function setFolded(form: FormData): Promise<void> {
  const jar = await cookies()
  if (form.get('folded') === 'yes') {
    jar.set(FOLDED_COOKIE, 'yes', { maxAge: ONE_YEAR_SECONDS, sameSite: 'lax', httpOnly: true, path: '/' })
  } else {
    jar.delete(FOLDED_COOKIE)
  }
}
