import { cookies } from 'next/headers'

export const FOLDED_COOKIE = 'kube9-side-bar'

/** Whether this request's reader folded the side bar. */
export async function isSideBarFolded(): Promise<boolean> {
  return (await cookies()).get(FOLDED_COOKIE)?.value === 'yes'
}
