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

/** One list of a cluster, page by page. Keeps some hundred bytes for each object. */
export class ObjectList {
  readonly kind: ListedKind
  /** Null for all namespaces. */
  readonly namespace: string | null
  readonly #api: KubeApi
  #objects: ListedObject[] = []
  #firstPage = 0
  #next: string | null = null
  #remaining: number | null = null
  #fault: KubeError | null = null
  #loading: Promise<void> | null = null
  #readAt: number | null = null

  constructor(api: KubeApi, kind: ListedKind, namespace: string | null) {
    this.#api = api
    this.kind = kind
    this.namespace = kind.namespaced ? namespace : null
  }

  get objects(): readonly ListedObject[] {
    return this.#objects
  }

  /** Whether there are more pages; `remaining` says how many objects, when the server does. */
  get hasMore(): boolean {
    return this.#next !== null
  }

  get remaining(): number | null {
    return this.#remaining
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
    if (this.#readAt === null) await this.#exclusively(() => this.#begin())
  }

  /** Reads anew what was read, page after page, so that nobody who scrolled far loses their place. */
  reload(): Promise<void> {
    return this.#exclusively(async () => {
      const wanted = this.#objects.length
      await this.#begin()
      while (this.#objects.length < wanted && (await this.#continue()));
    })
  }

  /** Reads a list of one page anew. True when something is different; longer ones wait until somebody asks. */
  async renew(): Promise<boolean> {
    if (this.#readAt === null || this.#objects.length > this.#firstPage) return false
    const before = this.#face()
    await this.reload()
    return this.#face() !== before
  }

  /** The next pages, at most so many. */
  loadMore(pages = 1): Promise<void> {
    return this.#exclusively(async () => {
      for (let page = 0; page < pages && (await this.#continue()); page++);
    })
  }

  #face(): string {
    return JSON.stringify([this.#objects, this.#remaining, this.#fault?.message])
  }

  async #exclusively(work: () => Promise<void>): Promise<void> {
    while (this.#loading) await this.#loading
    this.#loading = work().finally(() => (this.#loading = null))
    await this.#loading
  }

  async #begin(): Promise<void> {
    const page = await this.#read(null)
    if (page) {
      this.#objects = page
      this.#firstPage = page.length
    }
    this.#readAt = Date.now()
  }

  async #continue(): Promise<boolean> {
    if (this.#next === null) return false
    const page = await this.#read(this.#next)
    if (!page) return false
    this.#objects = [...this.#objects, ...page]
    return true
  }

  /** Null when it could not be read. A list that grew too old in between begins anew, with as much as was shown. */
  async #read(next: string | null): Promise<ListedObject[] | null> {
    const { kind, namespace } = this
    const cellsOnly = kind.cellsOnly && namespace !== null
    try {
      const page = await readTablePage(this.#api, { path: kind.path(namespace), next, cellsOnly })
      this.#next = page.next
      this.#remaining = page.remaining
      this.#fault = null
      const rows = kind.kind === 'Event' ? newestFirst(page.rows) : page.rows
      return rows.map((row) => toListed(kind, row, namespace))
    } catch (error) {
      if (next !== null && isKubeFault(error, 'expired')) return this.#startOver()
      this.#fault = error instanceof KubeError ? error : new KubeError('other', String(error), { cause: error })
      return null
    }
  }

  async #startOver(): Promise<ListedObject[] | null> {
    const wanted = this.#objects.length
    this.#objects = []
    await this.#begin()
    while (this.#objects.length < wanted && (await this.#continue()));
    return []
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
