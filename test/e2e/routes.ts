import type { Member } from './portal-visit.ts'

/** Every page for everybody. */
export const publicRoutes = [
  '/',
  '/sign-up',
  '/sign-in',
  '/sign-in?way=mail',
  '/sign-in?error=SessionRequired',
  '/sign-in/link?token=a&email=ada%40example.com&callbackUrl=%2Fhome',
  '/sign-out',
  '/verify?token=a',
  '/check-your-mail',
  '/forgot',
  '/reset?token=a',
  '/charts',
  '/charts/kube9-operator',
  '/docs',
  '/docs/getting-started',
  '/docs/operator',
  '/docs/api',
  '/docs/security',
  '/docs/self-hosting',
  '/docs/troubleshooting',
  '/support',
  '/nothing/here',
] as const

/** Every page behind the sign-in. */
export function memberRoutes({ team, keyId }: Pick<Member, 'team' | 'keyId'>, clusterRowId: string): string[] {
  const rooms = ['clusters', `clusters/${clusterRowId}`, 'api-keys', 'onboarding', `onboarding?key=${keyId}`]
  return [...rooms, 'onboarding?way=quick', 'billing', 'settings', 'clusters/nothing-here'].map(
    (room) => `/${team}/${room}`,
  )
}
