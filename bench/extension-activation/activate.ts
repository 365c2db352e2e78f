// node activate.ts ENTRY: loads an extension and activates it, with an editor that takes everything and does nothing.
import { globSync, readFileSync, statSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { dirname } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const [entry = ''] = process.argv.slice(2)
const EDITOR = 'data:text/javascript;kube9-editor'

let [files, bytes] = [0, 0]
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'vscode' ? { url: EDITOR, shortCircuit: true } : next(specifier, context),
  load: (url, context, next) => {
    if (url === EDITOR) return { format: 'module', source: editorSource(), shortCircuit: true }
    if (url.startsWith('file:')) {
      files += 1
      bytes += statSync(fileURLToPath(url)).size
    }
    return next(url, context)
  },
})
// The editor's own modules are there before any extension's.
const source = editorSource()
await import(EDITOR)

const context = {
  subscriptions: [],
  secrets: { get: async () => undefined, onDidChange: () => ({ dispose() {} }) },
  globalStorageUri: { fsPath: dirname(fileURLToPath(import.meta.url)) },
  workspaceState: { get: () => undefined, update: async () => undefined },
  globalState: { get: () => undefined, update: async () => undefined },
}
const begunAt = performance.now()
const extension = (await import(pathToFileURL(entry).href)) as { activate: (context: object) => unknown }
await extension.activate(context)
const ms = performance.now() - begunAt
console.log(JSON.stringify({ ms, files, bytes, editor: source.length }))
process.exit(0)

/** Exports every name that the bundle asks the editor for: a thing that can be called, made and read without end. */
function editorSource(): string {
  const names = new Set<string>()
  for (const file of globSync('**/*.js', { cwd: dirname(entry) })) {
    const text = readFileSync(`${dirname(entry)}/${file}`, 'utf8')
    for (const [, list = ''] of text.matchAll(/import\s*\{([^}]*)\}\s*from\s*"vscode"/g)) {
      for (const name of list.split(',')) names.add(name.trim().split(/\s+as\s+/)[0] ?? '')
    }
  }
  // Nobody has opened the view yet, and nothing is a promise.
  const fixed = `const fixed = { then: undefined, visible: false, [Symbol.toPrimitive]: () => '' }`
  const thing = `const thing = new Proxy(function () {}, {
    get: (_target, key) => (key in fixed ? fixed[key] : thing),
    apply: () => thing,
    construct: () => thing,
  })`
  const list = [...names].filter(Boolean).map((name) => `thing as ${name}`)
  return `${fixed}\n${thing}\nexport { thing as default${list.map((name) => `, ${name}`).join('')} }`
}
