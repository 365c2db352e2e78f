import { globSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { build } from 'esbuild'
import { leanBundle } from '../operator/lean-bundle.ts'

/** Each `webviews/<name>/app/main.ts(x)` becomes `dist/webviews/<name>.js`, with `<name>.css` beside it where it has styles. */
export async function bundleWebviews({ source, folder }: { source: string; folder: string }): Promise<string[]> {
  const mains = globSync('webviews/*/app/main.{ts,tsx}', { cwd: source }).sort()
  const nameOf = (main: string) => basename(dirname(dirname(main)))
  const { metafile } = await build({
    absWorkingDir: source,
    entryPoints: Object.fromEntries(mains.map((main) => [nameOf(main), main])),
    outdir: join(folder, 'dist/webviews'),
    bundle: true,
    platform: 'browser',
    format: 'esm',
    target: 'chrome130',
    jsx: 'automatic',
    minify: true,
    legalComments: 'none',
    plugins: [leanBundle],
    define: { 'process.env.NODE_ENV': '"production"' },
    loader: { '.svg': 'text', '.ttf': 'file' },
    metafile: true,
  })
  return Object.keys(metafile.inputs)
}
