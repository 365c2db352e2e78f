import { join } from 'node:path'
import { build } from 'esbuild'
import { leanBundle } from '../operator/lean-bundle.ts'

/**
 * What runs in the extension host. Split, so that the editor loads a small entry at its start, and what is heavy (the Kubernetes
 * library, zod, signatures) with its first use. VS Code 1.100 runs Node 20.
 */
export async function bundleHost({ source, folder }: { source: string; folder: string }): Promise<void> {
  await build({
    absWorkingDir: source,
    entryPoints: { extension: 'extension.ts' },
    outdir: join(folder, 'dist'),
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    external: ['vscode'],
    minify: true,
    keepNames: true,
    legalComments: 'none',
    plugins: [leanBundle],
    banner: {
      js: "import { createRequire as createBundleRequire } from 'node:module'; const require = createBundleRequire(import.meta.url);",
    },
  })
}
