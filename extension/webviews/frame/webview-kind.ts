import type { z } from 'zod'
import type { Services } from '../../services.ts'
import type { PageParts } from './page-html.ts'
import type { Page } from './page.ts'

/** One kind of local webview: what it shows, and what runs behind it for as long as its tab is open. */
export interface WebviewKind<Target, ToPage, FromPage> {
  viewType: string
  /** Its bundle is `dist/webviews/<name>.js` and `.css`. */
  name: string
  /** Whether the editor's own find looks through the page; a page that draws only what is in sight has its own. */
  hasFind: boolean
  target: z.ZodType<Target>
  fromPage: z.ZodType<FromPage>
  titleOf(target: Target): string
  /** No two targets have the same title. */
  isNamedByTitle?: true
  /** The kubeconfig context that it belongs to: its tab carries that cluster's glyph. */
  contextOf(target: Target): string
  /** The page goes on while its tab is hidden, which costs memory: for what is dear to begin anew. */
  retained?: true
  /** A document of its own, instead of the one of `page-html.ts`. */
  htmlOf?(services: Services, target: Target, parts: PageParts): string
  /** Everything that it starts ends with `page.closed`. */
  run(services: Services, target: Target, page: Page<ToPage, FromPage>): void
}
