import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright'
import type { Browser, BrowserContextOptions, Frame, Page } from 'playwright'
import { clusterPagePath } from '#contract/extension-api.ts'
import { pageMessageSchema } from '#contract/webview-protocol.ts'
import type { HostMessage, PageMessage } from '#contract/webview-protocol.ts'
import { builds } from '#scripts/build/builds.ts'
import { buildWhenStale } from '#scripts/build/build-when-stale.ts'
import { ensureChromium } from '#scripts/parts/chromium.ts'
import { extensionClient } from '#test/context/extension-client.ts'
import { startApi } from '#test/context/start-api.ts'
import type { TestApi } from '#test/context/start-api.ts'
import { connectEditor, ownerInBrowser } from '#test/context/test-editor.ts'
import { TestWorld } from '#test/context/test-world.ts'
import type { TestTeam } from '#test/context/test-world.ts'
import { EditorFrame } from './editor-frame.ts'
import themes from './editor-themes.json' with { type: 'json' }
import { liveOneDay } from './sample-cluster.ts'
import type { SampleCluster } from './sample-cluster.ts'

export type ThemeName = keyof typeof themes
export const themeNames = Object.keys(themes) as ThemeName[]

/** The API over a real database with a cluster in it, a Chromium, and what plays the editor around the page. */
export type ProUi = {
  world: TestWorld
  api: TestApi
  team: TestTeam
  sample: SampleCluster
  editor: EditorFrame
  /** An origin that the server does not know. */
  stranger: EditorFrame
  browser: Browser
  /** Token of the editor that is signed in. */
  editorToken: string
  stop(): Promise<void>
}

const inDist = (path: string) => fileURLToPath(new URL(`../../../dist/${path}`, import.meta.url))

export async function startProUi(): Promise<ProUi> {
  await buildWhenStale(builds.ui, { logFile: inDist('logs/ui.log') })
  const [editor, stranger, { executablePath, args }] = await Promise.all([
    EditorFrame.listen(),
    EditorFrame.listen(),
    ensureChromium(),
  ])
  const world = await TestWorld.create({ EDITOR_ORIGINS: editor.origin, UI_DIR: inDist('ui') })
  const team = await world.createTeam()
  const sample = await liveOneDay(world, team)
  const api = await startApi(world)
  const { accessToken } = await connectEditor(world, await ownerInBrowser(world, team))
  const browser = await chromium.launch({ executablePath, args })
  return {
    world,
    api,
    team,
    sample,
    editor,
    stranger,
    browser,
    editorToken: accessToken,
    stop: async () => {
      await browser.close()
      await Promise.all([editor.close(), stranger.close(), api.close()])
      await world.close()
    },
  }
}

type HostOptions = {
  theme?: ThemeName
  /** What the host answers about names; all of them unless said otherwise. Some: nodes may not be listed. */
  names?: 'all' | 'some' | 'forbidden' | 'silent'
  /** A host that hears and never answers. */
  mute?: boolean
  /** Which cluster the page is opened for. */
  clusterId?: string
  /** The test may move the page's clock forward. */
  ownClock?: boolean
  context?: BrowserContextOptions
}

/** What the editor would do around the page: the outer document, and the extension host behind it. */
export class EditorTab {
  readonly page: Page
  readonly heard: PageMessage[] = []
  /** Codes that the page was given. */
  readonly codes: string[] = []
  /** What the browser complained of. */
  readonly complaints: string[] = []
  readonly #proUi: ProUi
  readonly #options: HostOptions
  readonly #clusterId: string

  private constructor(proUi: ProUi, page: Page, options: HostOptions) {
    this.#proUi = proUi
    this.#options = options
    this.#clusterId = options.clusterId ?? proUi.sample.cluster.clusterId
    this.page = page
  }

  static async open(proUi: ProUi, options: HostOptions = {}): Promise<EditorTab> {
    const context = await proUi.browser.newContext({ reducedMotion: 'reduce', ...options.context })
    const tab = new EditorTab(proUi, await context.newPage(), options)
    const { page } = tab
    page.on('console', (message) => {
      if (message.type() === 'error' || /Content Security Policy/i.test(message.text())) {
        tab.complaints.push(message.text())
      }
    })
    page.on('pageerror', (error) => tab.complaints.push(error.message))
    if (options.ownClock) await page.clock.install()
    await page.exposeFunction('hear', (data: unknown) => tab.#hear(data))
    await page.goto(proUi.editor.around(tab.address))
    return tab
  }

  get reference() {
    return { teamId: this.#proUi.team.id, clusterId: this.#clusterId }
  }

  /** Of the Pro page itself. */
  get address(): string {
    return this.#proUi.api.url + clusterPagePath(this.reference)
  }

  get frame(): Frame {
    const frame = this.page.frames().find((candidate) => candidate.url() === this.address)
    if (!frame) throw new Error('The Pro page is not there.')
    return frame
  }

  /** Opens one of the page's sections. */
  async show(section: string): Promise<void> {
    await this.frame.getByRole('tab', { name: section }).click()
    await this.frame.getByRole('tab', { name: section, selected: true }).waitFor()
    await this.frame.locator('.skeleton').waitFor({ state: 'detached' })
  }

  async tell(message: HostMessage): Promise<void> {
    await this.page.evaluate((data) => (window as unknown as { tell(data: unknown): void }).tell(data), message)
  }

  async putOn(name: ThemeName): Promise<void> {
    const { kind, variables } = themes[name]
    await this.tell({ v: 1, type: 'theme', kind, variables } as HostMessage)
  }

  async issueCode(challenge: string): Promise<string> {
    const { api, editorToken } = this.#proUi
    const client = extensionClient(api, editorToken)
    return (await client.webviews.issueCode.mutate({ ...this.reference, challenge })).code
  }

  async close(): Promise<void> {
    await this.page.context().close()
  }

  async #hear(data: unknown): Promise<void> {
    const message = pageMessageSchema.parse(data)
    this.heard.push(message)
    if (this.#options.mute) return
    if (message.type === 'hello') await this.#answerHello(message.challenge)
    if (message.type === 'names-wanted') await this.#answerNames(message.saltId)
  }

  async #answerHello(challenge: string): Promise<void> {
    await this.putOn(this.#options.theme ?? 'Dark Modern')
    try {
      const code = await this.issueCode(challenge)
      this.codes.push(code)
      await this.tell({ v: 1, type: 'code', code, challenge, ...this.reference })
    } catch {
      await this.tell({ v: 1, type: 'failed', message: 'You are signed out of kube9.', action: 'sign-in' })
    }
  }

  async #answerNames(saltId: string): Promise<void> {
    const { names = 'all' } = this.#options
    if (names === 'forbidden') {
      const rbac = 'apiGroups: [""], resources: [secrets], resourceNames: [kube9-operator-names], verbs: [get]'
      await this.tell({ v: 1, type: 'names-refused', saltId, refusal: { reason: 'forbidden', rbac } })
    }
    if (names === 'forbidden' || names === 'silent') return
    const all = Object.entries(this.#proUi.sample.names).filter(
      ([pseudonym]) => names === 'all' || !pseudonym.startsWith('node-'),
    )
    const half = Math.ceil(all.length / 2)
    const part = (entries: typeof all, done: boolean): HostMessage => ({
      v: 1,
      type: 'names',
      saltId,
      names: Object.fromEntries(entries),
      done,
    })
    await this.tell(part(all.slice(0, half), false))
    await this.tell(part(all.slice(half), names === 'all'))
    if (names === 'all') return
    const rbac = '{apiGroups: [""], resources: ["nodes"], verbs: ["list"]}'
    await this.tell({ v: 1, type: 'names-refused', saltId, refusal: { reason: 'forbidden', rbac } })
  }
}
