import type { Page } from 'playwright'

/** Waits until React answers for an element, which a page whose scripts are blocked, or not there yet, does not. */
export async function waitUntilAlive(page: Page, selector: string): Promise<void> {
  await page.waitForFunction((wanted) => {
    const element = document.querySelector(wanted)
    return element !== null && Object.keys(element).some((name) => name.startsWith('__react'))
  }, selector)
}
