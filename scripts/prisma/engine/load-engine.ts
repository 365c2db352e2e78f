import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import type { SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils'
import * as glue from '@prisma/schema-engine-wasm/schema_engine_bg'
import type { SchemaEngine } from '@prisma/schema-engine-wasm/schema_engine_bg'
import { z } from 'zod'

const folder = dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg'))
const packageSchema = z.object({ version: z.string() })

let lastPanic: string | undefined

/** What the engine said when it last panicked: the WebAssembly trap itself says nothing. */
export function panicMessage(): string | undefined {
  return lastPanic
}

/** The commit of the engine, which ends the package's version. */
export function engineCommit(): string {
  const { version } = packageSchema.parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')))
  return version.split(/[-.]/).at(-1) ?? version
}

export async function loadEngine(
  datamodels: string[],
  factory: SqlMigrationAwareDriverAdapterFactory,
): Promise<SchemaEngine> {
  Object.assign(globalThis, {
    PRISMA_WASM_PANIC_REGISTRY: { set_message: (message: string) => (lastPanic = message) },
  })
  const wasm = readFileSync(join(folder, 'schema_engine_bg.wasm'))
  const { instance } = await WebAssembly.instantiate(wasm, { './schema_engine_bg.js': { ...glue } })
  // Present in the package's JavaScript, absent from its types.
  const { __wbg_set_wasm: setExports } = glue as unknown as { __wbg_set_wasm: (exports: WebAssembly.Exports) => void }
  setExports(instance.exports)
  const { __wbindgen_start: start } = instance.exports
  if (typeof start === 'function') (start as () => void)()
  const files = datamodels.map((path): [string, string] => [path, readFileSync(path, 'utf8')])
  return glue.SchemaEngine.new(
    { datamodels: files.length > 0 ? files : undefined },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(factory),
  )
}
