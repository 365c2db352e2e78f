import type { KubeApi } from '../kube/kube-api.ts'
import { isKubeFault, KubeError } from '../kube/kube-error.ts'
import type { ListedKind } from './kinds.ts'
import { newestFirst } from './newest-first.ts'
import { rowStatus } from './row-status.ts'
import type { RowTone } from './row-status.ts'
import { readTablePage } from './table-page.ts'
import type { TableRow } from './table-page.ts'

/** What is kept of an object: enough for its row. */
export interface ListedObject {
  /** Of the row; an event's says more than its name. */
  label: string
  name: string
  namespace: string | null
  text: string
  tone: RowTone
}

/** What is known of a list: its beginning, and where it goes on. Made anew by each page, never changed. */
interface Beginning {
  objects: readonly ListedObject[]
  firstPage: number
  next: string | null
  remaining: number | null
}

const NOTHING: Beginning = { objects: [], firstPage: 0, next: null, remaining: null }

/** One list of a cluster, page by page. Keeps some hundred bytes for each object. */
export class ObjectList {
  readonly kind: ListedKind
  /** Null for all namespaces. */
  readonly namespace: string | null
  readonly #api: KubeApi
  #known = NOTHING
  #fault: KubeError | null = null
  #loading: Promise<void> | null = null
  #readAt: number | null = null

  constructor(api: KubeApi, kind: ListedKind, namespace: string | null) {
    this.#api = api
    this.kind = kind
    this.namespace = kind.namespaced ? namespace : null
  }

  get objects(): readonly ListedObject[] {
    return this.#known.objects
  }

  /** Whether there are more pages; `remaining` says how many objects, when the server does. */
  get hasMore(): boolean {
    return this.#known.next !== null
  }

  get remaining(): number | null {
    return this.#known.remaining
  }

  get fault(): KubeError | null {
    return this.#fault
  }

  /** Since when the first page is known; null before. */
  get readAt(): number | null {
    return this.#readAt
  }

  /** The first page, unless it is there. Never rejects; see `fault`. */
  async load(): Promise<void> {
    if (this.#readAt === null) await this.#exclusively(() => this.#readAnew(1))
  }

  /** Reads anew what was read, page after page, so that nobody who scrolled far loses their place. */
  reload(): Promise<void> {
    return this.#exclusively(() => this.#readAnew(this.objects.length))
  }

  /** Reads a list of one page anew. True when something is different; longer ones wait until somebody asks. */
  async renew(): Promise<boolean> {
    let before: string | null = null
    await this.#exclusively(async () => {
      if (this.#readAt === null || this.objects.length > this.#known.firstPage) return
      before = this.#face()
      await this.#readAnew(1)
    })
    return before !== null && this.#face() !== before
  }

  /** The next pages, at most so many. */
  loadMore(pages = 1): Promise<void> {
    return this.#exclusively(async () => {
      for (let page = 0; page < pages && this.hasMore; page++) this.#known = await this.#goOn()
    })
  }

  #face(): string {
    return JSON.stringify([this.objects, this.remaining, this.#fault?.message])
  }

  async #exclusively(work: () => Promise<void>): Promise<void> {
    while (this.#loading) await this.#loading
    this.#loading = this.#explained(work).finally(() => (this.#loading = null))
    await this.#loading
  }

  async #explained(work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      this.#fault = error instanceof KubeError ? error : new KubeError('other', String(error), { cause: error })
    }
  }

  /** Who draws the list meanwhile sees it as it was: a half of it is never taken for the whole. */
  async #readAnew(wanted: number): Promise<void> {
    try {
      this.#known = await this.#readUpTo(wanted)
    } finally {
      this.#readAt = Date.now()
    }
  }

  async #readUpTo(wanted: number): Promise<Beginning> {
    let read = await this.#readAfter(NOTHING)
    while (read.next !== null && read.objects.length < wanted) read = await this.#readAfter(read)
    return read
  }

  /** With one more page. A list that grew too old in between is read anew, as far as it was shown and a page more. */
  async #goOn(): Promise<Beginning> {
    try {
      return await this.#readAfter(this.#known)
    } catch (error) {
      if (!isKubeFault(error, 'expired')) throw error
      return this.#readUpTo(this.objects.length + 1)
    }
  }

  async #readAfter({ objects, firstPage, next }: Beginning): Promise<Beginning> {
    const { kind, namespace } = this
    const cellsOnly = kind.cellsOnly && namespace !== null
    const page = await readTablePage(this.#api, { path: kind.path(namespace), next, cellsOnly })
    this.#fault = null
    const rows = kind.kind === 'Event' ? newestFirst(page.rows) : page.rows
    const more = rows.map((row) => toListed(kind, row, namespace))
    return {
      objects: [...objects, ...more],
      firstPage: next === null ? more.length : firstPage,
      next: page.next,
      remaining: page.remaining,
    }
  }
}

function toListed(kind: ListedKind, row: TableRow, namespace: string | null): ListedObject {
  const { text, tone } = rowStatus(kind.kind, row)
  const label = kind.kind === 'Event' ? joinedLabel(row.cell('Reason'), row.cell('Object')) : row.name
  return { label, name: row.name, namespace: row.namespace ?? namespace, text, tone }
}

function joinedLabel(reason: string, object: string): string {
  return [reason, object].filter(Boolean).join(' ')
}
