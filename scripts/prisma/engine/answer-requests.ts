import { createInterface } from 'node:readline'
import type { SchemaEngine } from '@prisma/schema-engine-wasm/schema_engine_bg'
import { z } from 'zod'
import { createDatabase } from './database-commands.ts'
import type { Invocation } from './invocation.ts'
import { loadEngine, panicMessage } from './load-engine.ts'
import { migrationAdapterFactory } from './migration-adapter.ts'
import { offlineAdapterFactory } from './offline-adapter.ts'

const messageSchema = z.object({
  id: z.union([z.number(), z.string()]),
  method: z.string().optional(),
  params: z.record(z.string(), z.unknown()).optional(),
})
const targetSchema = z.object({ tag: z.string() })
const migrationsSchema = z.object({ migrationsList: z.object({ migrationDirectories: z.array(z.unknown()) }) })

type Method = (params: unknown) => Promise<Record<string, unknown> | null | undefined>

/** The engine's side of the Prisma CLI's protocol: JSON-RPC 2.0, a message per line, one request at a time. */
export class RequestAnswerer {
  readonly #invocation: Invocation
  readonly #awaitedPrints = new Map<number | string, () => void>()
  #engine: Promise<SchemaEngine> | undefined
  #lastPrintId = 0

  constructor(invocation: Invocation) {
    this.#invocation = invocation
  }

  /** Answers until the input ends. */
  async run(input: NodeJS.ReadableStream): Promise<void> {
    let queue = Promise.resolve()
    for await (const line of createInterface({ input })) {
      if (line.trim() === '') continue
      const { id, method, params } = messageSchema.parse(JSON.parse(line))
      if (method === undefined) this.#acknowledgePrint(id)
      else queue = queue.then(() => this.#answer(id, method, params ?? {}))
    }
    await queue
  }

  async #answer(id: number | string, method: string, params: Record<string, unknown>): Promise<void> {
    try {
      send({ id, result: await this.#call(method, params) })
    } catch (error) {
      send({
        id,
        error: { code: 4466, message: 'An error happened. Check the data field for details.', data: describe(error) },
      })
    }
  }

  async #call(method: string, params: Record<string, unknown>): Promise<unknown> {
    if (method === 'createDatabase') return { databaseName: await createDatabase(this.#url()) }
    const engine = await (this.#engine ??= this.#load(method === 'diff' && comparesFiles(params)))
    if (method === 'getDatabaseVersion') return engine.version(undefined)
    if (method === 'diff') return this.#diff(engine, params)
    if (needsHistory(method, params)) await methodOf(engine, 'devDiagnostic')(params)
    return (await methodOf(engine, method)(params)) ?? {}
  }

  #load(offline: boolean): Promise<SchemaEngine> {
    const { datamodels, url, shadowUrl } = this.#invocation
    const schema = (url === undefined ? null : new URL(url).searchParams.get('schema')) ?? 'public'
    const factory = offline
      ? offlineAdapterFactory(schema)
      : migrationAdapterFactory({ url: this.#url(), schema, shadowUrl })
    return loadEngine(datamodels, factory)
  }

  #url(): string {
    if (this.#invocation.url === undefined) throw new Error('This command needs the address of a database.')
    return this.#invocation.url
  }

  // The CLI prints a difference itself, on request, before it takes the answer.
  async #diff(engine: SchemaEngine, params: Record<string, unknown>): Promise<unknown> {
    const result = (await methodOf(engine, 'diff')(params)) ?? {}
    if (typeof result.stdout === 'string' && result.stdout !== '') {
      const id = ++this.#lastPrintId
      const printed = new Promise<void>((resolve) => this.#awaitedPrints.set(id, resolve))
      send({ id, method: 'print', params: { content: result.stdout.replace(/\n$/, '') } })
      await printed
    }
    return { ...result, stdout: null }
  }

  #acknowledgePrint(id: number | string): void {
    this.#awaitedPrints.get(id)?.()
    this.#awaitedPrints.delete(id)
  }
}

function methodOf(engine: SchemaEngine, name: string): Method {
  const method = (engine as unknown as Record<string, Method | undefined>)[name]
  if (typeof method !== 'function') throw new Error(`The schema engine has no method ${name}.`)
  return method.bind(engine)
}

function comparesFiles(params: Record<string, unknown>): boolean {
  return [params.from, params.to].every((target) => {
    const parsed = targetSchema.safeParse(target)
    return parsed.success && ['empty', 'schemaDatamodel'].includes(parsed.data.tag)
  })
}

// This build makes no shadow database of its own for these two: they read the history that devDiagnostic leaves behind.
function needsHistory(method: string, params: Record<string, unknown>): boolean {
  if (method !== 'evaluateDataLoss' && method !== 'createMigration') return false
  return migrationsSchema.parse(params).migrationsList.migrationDirectories.length > 0
}

function describe(error: unknown): Record<string, unknown> {
  const { message, meta, code } = error as { message?: string; meta?: unknown; code?: string }
  const isPanic = error instanceof WebAssembly.RuntimeError
  return {
    is_panic: isPanic,
    message: (isPanic ? panicMessage() : undefined) ?? message ?? String(error),
    meta: meta ?? null,
    error_code: code ?? null,
  }
}

function send(message: Record<string, unknown>): void {
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`)
}
