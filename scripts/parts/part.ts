/** Receives one line of progress at a time, without its line end. */
export type Progress = (line: string) => void

/** A real program that tests and the demo need. `origin` says in a few words where it came from. */
export interface Part {
  origin: string
}

/** A part cannot be had on this machine. The message says what happened and what to do. */
export class PartUnavailableError extends Error {
  override readonly name = 'PartUnavailableError'
}
