import { gunzipSync } from 'node:zlib'

const BLOCK_BYTES = 512
const REGULAR_FILE_TYPES = new Set(['0', '\0'])

/** Helm itself refuses a chart that unpacks to more. */
const MAX_UNPACKED_BYTES = 100 * 1024 * 1024

/** The text files of a chart package by their path inside the chart ("values.yaml"), folders and links left out. */
export function readChartPackage(bytes: Buffer): Map<string, string> {
  const tar = gunzipSync(bytes, { maxOutputLength: MAX_UNPACKED_BYTES })
  const files = new Map<string, string>()
  for (let at = 0; at + BLOCK_BYTES <= tar.length && tar[at] !== 0;) {
    const header = tar.subarray(at, at + BLOCK_BYTES)
    const size = Number.parseInt(textOf(header, 124, 12), 8)
    const content = tar.subarray(at + BLOCK_BYTES, at + BLOCK_BYTES + size)
    if (REGULAR_FILE_TYPES.has(String.fromCharCode(header[156] ?? 0))) {
      files.set(pathInsideChart(header), content.toString('utf8'))
    }
    at += BLOCK_BYTES + Math.ceil(size / BLOCK_BYTES) * BLOCK_BYTES
  }
  return files
}

/** Every path in a package begins with the chart's name. */
function pathInsideChart(header: Buffer): string {
  const prefix = textOf(header, 345, 155)
  const name = textOf(header, 0, 100)
  const path = prefix ? `${prefix}/${name}` : name
  return path.slice(path.indexOf('/') + 1)
}

function textOf(header: Buffer, start: number, length: number): string {
  const field = header.subarray(start, start + length)
  const end = field.indexOf(0)
  return field.toString('utf8', 0, end < 0 ? length : end).trim()
}
