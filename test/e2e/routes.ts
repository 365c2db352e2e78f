import type { Member } from './portal-visit.ts'

/** The question whether an editor may sign in, with the code to paste. */
const consent = `/connect/vscode?${new URLSearchParams({
  redirect_uri: 'urn:kube9:paste',
  state: 'a'.repeat(43),
  code_challenge: 'b'.repeat(43),
  code_challenge_method: 'S256',
  editor: 'An editor',
})}`

/** Every page for everybody. */
export const publicRoutes = [
  '/',
  '/sign-up',
  '/sign-up?for=editor&next=%2Fconnect%2Fvscode',
  '/sign-in',
  '/sign-in?way=mail',
  '/sign-in?error=SessionRequired',
  '/sign-in?for=editor&next=%2Fconnect%2Fvscode',
  '/connect/vscode',
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
  const others = ['onboarding?way=quick', 'billing', 'settings', 'clusters/nothing-here']
  return [...[...rooms, ...others].map((room) => `/${team}/${room}`), consent, '/connect/again']
}
