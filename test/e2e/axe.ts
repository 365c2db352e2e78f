import AxeBuilder from '@axe-core/playwright'
import type { Page } from 'playwright'

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** What on a page breaks a rule of WCAG 2.2 AA, once it bears a title. */
export async function violationsOf(page: Page): Promise<string[]> {
  // Seen on a busy machine: a title that was away for a moment, for no reason that was found.
  await page.waitForFunction(() => document.title !== '')
  const { violations } = await new AxeBuilder({ page }).withTags(WCAG).analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} at ${target.join(' ')}`))
}
