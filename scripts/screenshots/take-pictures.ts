import type { BrowserContext, Page } from 'playwright'
import { WorkbenchWindow } from '#scripts/workbench/workbench-window.ts'
import type { DemoFacts } from './demo-process.ts'

const CONTEXT = 'kube9-demo'

/** Keeps a picture of a page under a name, such as `editor-overview`. */
export type Keep = (name: string, page: Page) => Promise<void>

/** Walks through the product as its documentation tells it, and keeps a picture of each place. */
export async function takePictures(context: BrowserContext, facts: DemoFacts, keep: Keep): Promise<void> {
  await signInToPortal(context, facts)
  const window = await WorkbenchWindow.open(context, facts.editorUrl)
  await window.openView('kube9')
  await window.row(CONTEXT).filter({ hasText: 'Pro' }).waitFor()
  await window.switchTheme('dark')
  await pictureConsent(context, window, keep)
  await pictureOverview(window, keep)
  await pictureObject(window, keep)
  await picturePro(window, keep)
}

async function signInToPortal(context: BrowserContext, { dashboardUrl, email, password }: DemoFacts): Promise<void> {
  const page = await context.newPage()
  await page.goto(new URL('/sign-in', dashboardUrl).href)
  await page.getByLabel('E-mail address').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.waitForURL('**/clusters')
  await page.close()
}

async function pictureConsent(context: BrowserContext, window: WorkbenchWindow, keep: Keep): Promise<void> {
  const opening = context.waitForEvent('page')
  await window.run('kube9: Sign In')
  const consent = await opening
  const connect = consent.getByRole('button', { name: 'Connect', exact: true })
  await connect.waitFor()
  await keep('editor-sign-in', consent)
  await connect.click()
  await window.statusItem('Signed in to kube9 as').waitFor()
  await consent.close()
  await window.page.bringToFront()
}

async function pictureOverview(window: WorkbenchWindow, keep: Keep): Promise<void> {
  await window.expand(CONTEXT)
  await window.expand('Workloads')
  await window.expand('Deployments')
  await window.row('storefront').waitFor()
  await window.chooseFromMenu(CONTEXT, 'Open Overview')
  await window.webview.getByRole('heading', { level: 1 }).waitFor()
  await window.webview.getByText('Deployments').first().waitFor()
  await keep('editor-overview', window.page)
}

async function pictureObject(window: WorkbenchWindow, keep: Keep): Promise<void> {
  await window.chooseFromMenu('storefront', 'Describe')
  await window.webview.getByRole('heading', { level: 1 }).waitFor()
  await keep('editor-describe', window.page)
}

async function picturePro(window: WorkbenchWindow, keep: Keep): Promise<void> {
  await window.closeEditors()
  await window.pressOnRow(CONTEXT, 'Open Cluster')
  await window.innerPage.getByRole('tab', { name: 'Workloads' }).click()
  await window.innerPage.getByText('storefront').first().waitFor()
  // The first collection was sent while the operator itself was not ready yet.
  await window.innerPage.getByRole('row', { name: 'kube9-operator' }).getByText('1/1').waitFor()
  await keep('editor-pro', window.page)
}
