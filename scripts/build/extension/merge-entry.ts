import { writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { build } from 'esbuild'
import type { Metafile, Plugin } from 'esbuild'

export interface Entry {
  /** The file that the editor loads, and the folder from which the metafile's paths go. */
  file: string
  root: string
  outputs: Metafile['outputs']
}

/**
 * Makes one file of the entry and of the chunks that it imports at once, since each file costs the editor's start a millisecond.
 * Chunks that are loaded later share this code: in its place stands a file that hands on what the entry exports.
 */
export async function mergeEntry({ file, root, outputs }: Entry): Promise<void> {
  const folder = dirname(file)
  const chunks = [...staticImports(relative(root, file), outputs)].filter((path) => join(root, path) !== file)
  const shared = chunks.map((path, at) => ({
    path: join(root, path),
    names: outputs[path]?.exports ?? [],
    prefix: `_${at}`,
  }))
  const lines = shared.flatMap(({ path, names, prefix }) =>
    names.length > 0
      ? [`export { ${names.map((name) => `${name} as ${prefix}${name}`).join(', ')} } from ${JSON.stringify(path)}`]
      : [],
  )
  await build({
    stdin: { contents: [`export { activate } from ${JSON.stringify(file)}`, ...lines].join('\n'), resolveDir: folder },
    outfile: file,
    allowOverwrite: true,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    external: ['vscode'],
    minify: true,
    plugins: [keepDynamicImports(folder)],
  })
  for (const { path, names, prefix } of shared) {
    const handedOn = names.map((name) => `${prefix}${name} as ${name}`).join(', ')
    await writeFile(path, `export { ${handedOn} } from ${JSON.stringify(`./${relative(dirname(path), file)}`)}\n`)
  }
}

function staticImports(path: string, outputs: Metafile['outputs'], seen = new Set<string>()): Set<string> {
  if (seen.has(path) || !outputs[path]) return seen
  seen.add(path)
  for (const { path: next, kind } of outputs[path].imports) {
    if (kind === 'import-statement') staticImports(next, outputs, seen)
  }
  return seen
}

/** What is loaded later stays where it is, named from the entry's folder. */
function keepDynamicImports(folder: string): Plugin {
  return {
    name: 'keep-dynamic-imports',
    setup(build) {
      build.onResolve({ filter: /^\./ }, ({ path, kind, resolveDir }) =>
        kind === 'dynamic-import'
          ? { path: `./${relative(folder, join(resolveDir, path))}`, external: true }
          : undefined,
      )
    },
  }
}
