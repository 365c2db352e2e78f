import { join } from 'node:path'
import { build } from 'esbuild'
import type { BuildOptions } from 'esbuild'
import { leanBundle } from '../operator/lean-bundle.ts'
import { mergeEntry } from './merge-entry.ts'

/** CommonJS parts of libraries ask for modules of Node by `require`. */
const REQUIRE =
  "import { createRequire as createBundleRequire } from 'node:module'; const require = createBundleRequire(import.meta.url);"

const forNode: BuildOptions = {
  bundle: true,
  splitting: true,
  platform: 'node',
  format: 'esm',
  // Of VS Code 1.100.
  target: 'node20',
  external: ['vscode'],
  minify: true,
  legalComments: 'none',
  plugins: [leanBundle],
  banner: { js: REQUIRE },
}

/**
 * What runs in the extension host. Split, so that the editor loads a small entry at its start, and what is heavy (the Kubernetes
 * library, zod, signatures) with its first use. Gives back the files that went in.
 */
export async function bundleHost({ source, folder }: { source: string; folder: string }): Promise<string[]> {
  const { metafile } = await build({
    ...forNode,
    absWorkingDir: source,
    entryPoints: { extension: 'extension.ts' },
    outdir: join(folder, 'dist'),
    chunkNames: 'chunks/[name]-[hash]',
    metafile: true,
  })
  await mergeEntry({ file: join(folder, 'dist/extension.js'), root: source, outputs: metafile.outputs })
  return Object.keys(metafile.inputs)
}

/** What suites and benches run in plain Node: the same code in the same form, in a folder of its own. */
export async function bundleParts({ source, folder }: { source: string; folder: string }): Promise<void> {
  await build({
    ...forNode,
    absWorkingDir: source,
    entryPoints: { parts: 'parts.ts' },
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    chunkNames: 'chunks/[name]-[hash]',
  })
}
