import type { Page } from 'playwright'
import type { WorkbenchWindow } from '#scripts/workbench/workbench-window.ts'
import { nameKey, newVisitor, signUp, teamOf } from '../journey/visitor.ts'
import type { Visitor } from '../journey/visitor.ts'
import { NAMESPACE } from './editor-house.ts'
import type { EditorHouse, Person } from './editor-house.ts'

const SIGNED_IN = 'Signed in to kube9 as'

/** Somebody with an account, and the tab of the portal that they signed up in. */
export type Member = { visitor: Visitor; portal: Page; team: string }

/** Signs up in the portal, in the browser that the person's editor runs in. */
export async function becomeMember({ stack }: EditorHouse, { context }: Person): Promise<Member> {
  const portal = await context.newPage()
  const visitor = newVisitor()
  await signUp(portal, stack.portalUrl, visitor, stack.mail)
  return { visitor, portal, team: teamOf(portal) }
}

/** Signs in from the editor: the portal's page asks in another tab, and the answer comes back by the editor's own address. */
export async function signIn(window: WorkbenchWindow, person: Person): Promise<void> {
  const consent = await beginSignIn(window, person)
  await consent.getByRole('button', { name: 'Connect', exact: true }).click()
  await waitForSignIn(window)
  await consent.close()
}

/** Asks to sign in. Gives the portal's page, once nothing tells of an earlier sign-in any more. */
export async function beginSignIn(window: WorkbenchWindow, { context }: Person): Promise<Page> {
  await window.statusItem(SIGNED_IN).waitFor({ state: 'hidden' })
  const opening = context.waitForEvent('page')
  await window.run('kube9: Sign In')
  return opening
}

export async function waitForSignIn(window: WorkbenchWindow): Promise<void> {
  await window.statusItem(SIGNED_IN).waitFor()
}

/** Makes a key on the page that follows sign-up. */
export function makeKey({ portal }: Member, name: string): Promise<string> {
  return nameKey(portal, name)
}

/** Installs the operator by helm as the documentation says; without a key it is operated. */
export async function installOperator({ cluster, stack, wire }: EditorHouse, key?: string): Promise<void> {
  await cluster.kubectl(['create', 'namespace', NAMESPACE])
  if (key !== undefined) {
    const metadata = { name: 'kube9-operator-config', namespace: NAMESPACE }
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata, stringData: { apiKey: key } }
    await cluster.kubectl(['create', '-f', '-'], { stdin: JSON.stringify(secret) })
  }
  const chart = ['kube9-operator', '--repo', `${stack.env['CHARTS_URL']}`, '--namespace', NAMESPACE]
  await cluster.helm(['install', 'kube9-operator', ...chart, '--set', `serverUrl=${wire.url}`, '--wait'])
}

/** Waits until the row of a context says where it stands, by words that it holds. */
export async function waitForStanding(
  window: WorkbenchWindow,
  context: string,
  ...words: (string | RegExp)[]
): Promise<void> {
  let row = window.row(context)
  for (const word of words) row = row.filter({ hasText: word })
  await row.waitFor()
}
