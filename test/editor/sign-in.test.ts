import { Client } from 'pg'
import type { Page } from 'playwright'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { WorkbenchWindow } from '#scripts/workbench/workbench-window.ts'
import { waitFor } from '../stack/wait-for.ts'
import { CONTEXT, startEditorHouse } from './editor-house.ts'
import type { EditorHouse, Person } from './editor-house.ts'
import { keepPictures } from './pictures.ts'
import { becomeMember, beginSignIn, signIn, waitForSignIn } from './steps.ts'
import type { Member } from './steps.ts'

const ENDED = 'You are no longer signed in to kube9.'
const PALETTE_MS = 3_000
const REFUSED = 'The sign-in to kube9 was refused in the browser.'

let house: EditorHouse
let person: Person
let member: Member
let window: WorkbenchWindow

beforeAll(async () => {
  house = await startEditorHouse()
  person = await house.newPerson()
  member = await becomeMember(house, person)
  window = await person.openWindow()
  await window.openView('kube9')
  await window.row(CONTEXT).waitFor()
})
afterAll(() => house?.stop())
beforeEach(() => keepPictures(() => house?.browser))

describe('where the editor’s own address does not work', () => {
  test('a port of this machine does, and the code is not left in an address', async () => {
    const consent = await beginBy('Use a port of this machine')
    await consent.getByText(/^127\.0\.0\.1:\d+$/).waitFor()
    await consent.getByRole('button', { name: 'Connect', exact: true }).click()
    await consent.waitForURL('**/done')
    await waitForSignIn(window)
    expect(consent.url()).not.toContain('code')
    expect(await editors()).toBe(1)
    await consent.close()
    await signOut()
  })

  test('the code can be pasted, once and within its minute', async () => {
    const consent = await beginBy('paste the code')
    await consent.getByRole('button', { name: 'Connect', exact: true }).click()
    const late = await codeOn(consent)
    await makeCodesOld()
    await paste(late)
    await window.notification('The sign-in to kube9 failed.').waitFor()
    await window.dismiss('The sign-in to kube9 failed.')
    expect(await editors()).toBe(0)
    await consent.close()

    const again = await beginBy('paste the code')
    await again.getByRole('button', { name: 'Connect', exact: true }).click()
    const code = await codeOn(again)
    await paste(code)
    await waitForSignIn(window)
    await again.close()
    await replay(code)
    expect(await editors()).toBe(0)
    await window.run('kube9: Install Operator')
    await window.notification(ENDED).waitFor()
    await window.dismiss(ENDED)
  })
})

test('a refusal in the browser connects nothing, and can be thought over', async () => {
  await window.page.bringToFront()
  const consent = await beginSignIn(window, person)
  await consent.getByRole('button', { name: 'Cancel' }).click()
  await window.notification(REFUSED).waitFor()
  expect(await editors()).toBe(0)
  await consent.close()
  const again = person.context.waitForEvent('page')
  await window.notification(REFUSED).getByRole('button', { name: 'Sign in' }).click()
  await (await again).getByRole('button', { name: 'Connect', exact: true }).click()
  await waitForSignIn(window)
  await (await again).close()
  await signOut()
})

describe('two windows', () => {
  let second: WorkbenchWindow
  beforeAll(async () => {
    second = await person.openWindow()
    await second.openView('kube9')
    await window.page.bringToFront()
    await signIn(window, person)
  })
  afterAll(() => second?.page.close())

  test('share one sign-in, and one connected editor in the portal', async () => {
    await offers(second, 'kube9: Sign Out')
    expect(await editors()).toBe(1)
  })

  test('sign out in one ends it in both, and on the server', async () => {
    await signOut()
    await offers(second, 'kube9: Sign In')
    expect(await editors()).toBe(0)
  })
})

test('the portal’s list of editors ends one, and that editor is told when it asks for something', async () => {
  await window.page.bringToFront()
  await signIn(window, person)
  const { portal } = member
  await portal.goto(`${house.stack.portalUrl}/${member.team}/settings`)
  await portal.getByRole('button', { name: /^Disconnect / }).click()
  await portal.getByRole('button', { name: 'Disconnect editor' }).click()
  await portal.getByText('kube9: Sign In').waitFor()
  await window.page.bringToFront()
  await window.run('kube9: Install Operator')
  await window.notification(ENDED).waitFor()
  expect(await editors()).toBe(0)
  expect(person.faults).toEqual([])
})

/** Begins a sign-in, leaves its first page, and goes on by another way. */
async function beginBy(way: string): Promise<Page> {
  await window.page.bringToFront()
  const first = await beginSignIn(window, person)
  await first.close()
  const next = person.context.waitForEvent('page')
  await window.notification('Signing in to kube9').getByText(way, { exact: true }).click()
  return next
}

async function codeOn(consent: Page): Promise<string> {
  return consent.getByTestId('code').innerText()
}

async function paste(code: string): Promise<void> {
  await window.page.bringToFront()
  await window.secretInput.fill(code)
  await window.page.keyboard.press('Enter')
}

async function signOut(): Promise<void> {
  await window.page.bringToFront()
  await window.run('kube9: Sign Out')
  await waitFor('the end of the sign-in', async () => (await editors()) === 0)
}

/** Waits until a command can be chosen, which the palette alone tells. One that the window took away again is opened anew. */
async function offers(where: WorkbenchWindow, title: string): Promise<void> {
  await where.page.bringToFront()
  await waitFor(`${title} in the palette`, async () => {
    await where.page.keyboard.press('F1')
    await where.quickInput.fill(`>${title}`, { timeout: PALETTE_MS })
    const isOffered = await where.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: title }).count()
    await where.page.keyboard.press('Escape')
    await where.quickInput.waitFor({ state: 'hidden', timeout: PALETTE_MS })
    return isOffered > 0
  })
}

/** As a thief would who saw the code: without what belongs to it. */
async function replay(code: string): Promise<void> {
  const answer = await fetch(`${house.wire.url}/v1/extension/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      grantType: 'authorization_code',
      code,
      codeVerifier: 'v'.repeat(43),
      redirectUri: 'urn:kube9:paste',
    }),
  })
  expect(answer.status).toBe(401)
}

async function editors(): Promise<number> {
  const [row] = await query<{ count: string }>('select count(*) from connected_editors')
  return Number(row?.count)
}

async function makeCodesOld(): Promise<void> {
  await query(`update editor_codes set expires_at = now() - interval '1 second'`)
}

async function query<Row extends object>(text: string): Promise<Row[]> {
  const client = new Client({ connectionString: house.stack.database.ownerUrl })
  await client.connect()
  try {
    return (await client.query<Row>(text)).rows
  } finally {
    await client.end()
  }
}
