import type { BrowserContext, FrameLocator, Locator, Page } from 'playwright'

/** Themes of all four kinds that come with VS Code, by the label that its picker shows. */
export const themes = {
  light: 'Light Modern',
  dark: 'Dark Modern',
  'high-contrast': 'Dark High Contrast',
  'high-contrast-light': 'Light High Contrast',
} as const
export type ThemeName = keyof typeof themes

const POPUP_MS = 5_000
const POPUP_ATTEMPTS = 5

/** One window of a VS Code, used as a person does: by what it shows. */
export class WorkbenchWindow {
  readonly page: Page

  private constructor(page: Page) {
    this.page = page
  }

  /** Opens a window and waits until its extensions may speak. */
  static async open(context: BrowserContext, url: string): Promise<WorkbenchWindow> {
    const page = await context.newPage()
    page.setDefaultTimeout(60_000)
    await page.goto(url)
    const window = new WorkbenchWindow(page)
    await window.untilReady()
    return window
  }

  /** As somebody reloads who comes back from another window: an editor keeps which tabs it has when it loses the focus. */
  async reload(): Promise<void> {
    await this.page.evaluate(() => {
      document.hasFocus = () => false
      document.dispatchEvent(new Event('visibilitychange'))
    })
    const loaded = this.page.waitForEvent('load')
    await this.run('Developer: Reload Window')
    await loaded
    await this.untilReady()
  }

  async untilReady(): Promise<void> {
    await this.page.locator('.monaco-workbench .activitybar').waitFor()
    await this.page.locator('.statusbar-item').first().waitFor()
  }

  /** Opens a view of the activity bar, and leaves it open when it is. */
  async openView(title: string): Promise<void> {
    const button = this.page.locator(`.activitybar a[aria-label^="${title}"]`)
    await button.waitFor()
    if ((await button.getAttribute('aria-expanded')) !== 'true') await button.click()
    await this.page.locator('.sidebar .pane-body').first().waitFor()
  }

  /** A row of a tree by its label; a pattern looks at the whole of what the row says. */
  row(name: string | RegExp): Locator {
    const rows = this.page.locator('.sidebar .monaco-list-row')
    if (typeof name !== 'string') return rows.filter({ hasText: name })
    return rows.filter({ has: this.page.locator('.label-name').getByText(name, { exact: true }) })
  }

  /** Opens a row of a tree, and leaves it open when it is. */
  async expand(name: string | RegExp): Promise<void> {
    const row = this.row(name).first()
    await row.waitFor()
    if ((await row.getAttribute('aria-expanded')) === 'true') return
    await row.locator('.monaco-tl-twistie').click()
  }

  async collapseAll(): Promise<void> {
    await this.page.locator('.sidebar .actions-container a[aria-label="Collapse All"]').first().click()
  }

  /** Goes to the first or the last row by keyboard: rows out of sight are not in the document. */
  async jump(to: 'Home' | 'End'): Promise<void> {
    await this.page.locator('.sidebar .monaco-list').first().focus()
    await this.page.keyboard.press(to)
  }

  /** Chooses an item of a row's context menu. */
  async chooseFromMenu(name: string | RegExp, item: string): Promise<void> {
    const menu = this.page.locator('.monaco-menu')
    const chosen = menu.locator('.action-item').filter({ has: this.page.getByText(item, { exact: true }) })
    await this.#open(async () => {
      await this.row(name).first().click({ button: 'right' })
      await chosen.hover({ timeout: POPUP_MS })
      await menu.locator('.action-item.focused').filter({ hasText: item }).waitFor({ timeout: POPUP_MS })
    })
    // A menu takes no click so soon after it opened.
    await this.page.keyboard.press('Enter')
    await menu.waitFor({ state: 'detached' })
  }

  /** Presses an icon that a row shows while the pointer is on it. */
  async pressOnRow(name: string | RegExp, action: string): Promise<void> {
    const row = this.row(name).first()
    await row.hover()
    await row.locator(`.actions .action-label[aria-label^="${action}"]`).click()
  }

  /** The field of a question whose answer is hidden. */
  get secretInput(): Locator {
    return this.page.locator('.quick-input-widget input[type="password"]')
  }

  /** Runs a command by its title in the palette. The title must be unambiguous: the palette ranks by last use. */
  async run(title: string): Promise<void> {
    await this.#open(async () => {
      await this.page.keyboard.press('F1')
      await this.#find(`>${title}`, title)
    })
    await this.page.keyboard.press('Enter')
  }

  get quickInput(): Locator {
    return this.page.locator('.quick-input-widget input[type="text"], .quick-input-widget input:not([type])').first()
  }

  /** Answers the quick pick that is open. */
  async pick(label: string | RegExp): Promise<void> {
    await this.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: label }).first().click()
  }

  /** A message in the corner, by a text that it holds. */
  notification(text: string | RegExp): Locator {
    return this.page.locator('.notification-list-item').filter({ hasText: text })
  }

  async dismiss(text: string | RegExp): Promise<void> {
    const message = this.notification(text)
    await message.hover()
    await message.locator('.codicon-notifications-clear').click()
    await message.waitFor({ state: 'detached' })
  }

  /** A question in the middle of the window. */
  dialog(text: string | RegExp): Locator {
    return this.page.locator('.monaco-dialog-box').filter({ hasText: text })
  }

  tab(title: string | RegExp): Locator {
    return this.page.locator('.tabs-container .tab').filter({ hasText: title })
  }

  async closeEditors(): Promise<void> {
    await this.run('View: Close All Editors')
    await this.page.locator('.tabs-container .tab').first().waitFor({ state: 'detached' })
  }

  /** The document of the webview that is in sight. */
  get webview(): FrameLocator {
    return this.page
      .locator('iframe.webview.ready')
      .filter({ visible: true })
      .contentFrame()
      .frameLocator('#active-frame')
  }

  /** The page that a webview frames. */
  get innerPage(): FrameLocator {
    return this.webview.frameLocator('iframe')
  }

  statusItem(text: string | RegExp): Locator {
    return this.page.locator('.statusbar-item').filter({ hasText: text })
  }

  /** Rows of the terminal that is in sight. Lines that were wider than it stand in several. */
  get terminal(): Locator {
    return this.page.locator('.terminal-wrapper.active .xterm-rows')
  }

  /** The lines of the editor that is in sight, as far as they are drawn. */
  get text(): Locator {
    return this.page.locator('.editor-instance .view-lines')
  }

  async switchTheme(name: ThemeName): Promise<void> {
    await this.#open(async () => {
      await this.page.keyboard.press('Control+k')
      await this.page.keyboard.press('Control+t')
      await this.#find(themes[name], themes[name])
    })
    await this.page.keyboard.press('Enter')
    await this.page.locator('.quick-input-widget').waitFor({ state: 'hidden' })
  }

  async #find(typed: string, title: string): Promise<void> {
    await this.quickInput.fill(typed, { timeout: POPUP_MS })
    const found = this.page.locator('.quick-input-list .monaco-list-row.focused').filter({ hasText: title })
    await found.waitFor({ timeout: POPUP_MS })
  }

  /** A webview that has just come takes the focus, and a palette or menu away with it: then it is opened again. */
  async #open(open: () => Promise<void>): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await open()
      } catch (error) {
        if (attempt === POPUP_ATTEMPTS) throw error
        await this.page.keyboard.press('Escape')
      }
    }
  }
}
