import type { TableRow } from '../frame/read-pages.ts'
import type { Cell } from './protocol.ts'

export interface Endpoint {
  address: string
  ready: boolean
  /** `http 8080/TCP` and the like. */
  ports: string
  targetKind: string | null
  targetName: string | null
  node: string | null
}

/** What belongs to an object and is read beside it. Null is what does not apply, or could not be read. */
export interface Related {
  owners: Cell[]
  pods: { rows: TableRow[]; isCut: boolean } | null
  endpoints: Endpoint[] | null
  /** Why something of it is missing. */
  trouble: string | null
}

export const nothingRelated: Related = { owners: [], pods: null, endpoints: null, trouble: null }
