export type TarFile = { path: string; bytes: Uint8Array }

const BLOCK_BYTES = 512
const MAX_PATH_BYTES = 100
const FILE_MODE = '0000644\0'
const NOBODY = '0000000\0'
/** 1980-01-01, UTC: the first moment that every archive format can hold. */
const FIXED_TIME_SECONDS = 315_532_800

/**
 * A ustar archive whose bytes depend on paths and contents alone: sorted by path, fixed times, modes and owners.
 * Throws for a path that is too long for the plain format.
 */
export function packTar(files: readonly TarFile[]): Uint8Array {
  const sorted = files.toSorted((one, other) => (one.path < other.path ? -1 : 1))
  const blocks = sorted.flatMap((file) => [headerOf(file), file.bytes, new Uint8Array(paddingOf(file.bytes.length))])
  return Buffer.concat([...blocks, new Uint8Array(2 * BLOCK_BYTES)])
}

function headerOf({ path, bytes }: TarFile): Uint8Array {
  if (Buffer.byteLength(path) > MAX_PATH_BYTES) throw new Error(`${path} is too long a path for a chart package.`)
  const header = Buffer.alloc(BLOCK_BYTES)
  header.write(path, 0)
  header.write(FILE_MODE, 100)
  header.write(NOBODY, 108)
  header.write(NOBODY, 116)
  header.write(octal(bytes.length), 124)
  header.write(octal(FIXED_TIME_SECONDS), 136)
  header.write(' '.repeat(8), 148)
  header.write('0', 156)
  header.write('ustar\x0000', 257)
  const checksum = header.reduce((sum, byte) => sum + byte, 0)
  header.write(`${checksum.toString(8).padStart(6, '0')}\0 `, 148)
  return header
}

function octal(value: number): string {
  return `${value.toString(8).padStart(11, '0')}\0`
}

function paddingOf(length: number): number {
  return (BLOCK_BYTES - (length % BLOCK_BYTES)) % BLOCK_BYTES
}
