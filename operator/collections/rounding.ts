const MEBIBYTE = 1024 * 1024
const MEMORY_STEP_MEBIBYTES = 100

/** Bytes as mebibytes, to the nearest hundred. */
export function roundedMebibytes(bytes: number): number {
  return Math.round(bytes / MEBIBYTE / MEMORY_STEP_MEBIBYTES) * MEMORY_STEP_MEBIBYTES
}

/** Cores to the nearest tenth. */
export function roundedCores(cores: number): number {
  return Math.round(cores * 10) / 10
}

/** Only what has the form of a version is told; any other text may be somebody's own. */
export function versionText(text: string | undefined): string {
  return text !== undefined && /^v?\d+\.\d+[\w.+-]{0,100}$/.test(text) ? text : 'unknown'
}
