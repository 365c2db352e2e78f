import { readFile } from 'node:fs/promises'
import { dirname, isAbsolute, join } from 'node:path'
import { parseDocument } from 'yaml'
import type { Document, YAMLParseError } from 'yaml'
import type { z } from 'zod'
import { clusterEntrySchema, contextEntrySchema, kubeconfigFileSchema, userEntrySchema } from './kubeconfig-schema.ts'
import type { ClusterEntry, ContextEntry, UserEntry } from './kubeconfig-schema.ts'

/** What one context is made of. Stays in the extension host, and never reaches a log. */
export interface ContextAccess {
  name: string
  clusterName: string
  userName: string
  namespace: string | null
  cluster: ClusterEntry
  user: UserEntry
}

export interface Kubeconfig {
  contexts: ContextAccess[]
  current: string | null
  /** What could not be read, file by file; everything else counts. */
  faults: string[]
}

interface Merged {
  clusters: Map<string, ClusterEntry>
  users: Map<string, UserEntry>
  contexts: Map<string, ContextEntry>
  current: string | null
  faults: string[]
}

/** A file that is missing is no fault: kubectl leaves it out too. Of two entries of a name, the first file's counts. */
export async function readKubeconfig(files: readonly string[]): Promise<Kubeconfig> {
  const merged: Merged = { clusters: new Map(), users: new Map(), contexts: new Map(), current: null, faults: [] }
  const texts = await Promise.all(files.map((file) => readOrNull(file, merged.faults)))
  for (const [at, file] of files.entries()) {
    const content = texts[at]
    if (content !== null && content !== undefined && content.trim() !== '') mergeFile(merged, file, content)
  }
  return resolve(merged)
}

async function readOrNull(file: string, faults: string[]): Promise<string | null> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return null
    faults.push(`${file} cannot be read: ${code === 'EACCES' ? 'you have no permission' : message}.`)
    return null
  }
}

function mergeFile(merged: Merged, file: string, content: string): void {
  const parsed = parseFile(file, content, merged.faults)
  if (!parsed) return
  const folder = dirname(file)
  const take = <T>(kind: string, list: unknown[] | null | undefined, schema: z.ZodType<T>, into: Map<string, T>) => {
    for (const entry of (list ?? []) as { name: string; [key: string]: unknown }[]) {
      if (into.has(entry.name)) continue
      const { success, data, error } = schema.safeParse(entry[kind] ?? {})
      if (success) into.set(entry.name, data)
      else merged.faults.push(`${file}: the ${kind} “${entry.name}” is not usable: ${sentenceOf(error)}.`)
    }
  }
  take('cluster', parsed.clusters, clusterEntrySchema.transform(anchorCluster(folder)), merged.clusters)
  take('user', parsed.users, userEntrySchema.transform(anchorUser(folder)), merged.users)
  take('context', parsed.contexts, contextEntrySchema, merged.contexts)
  merged.current ??= parsed['current-context'] || null
}

function parseFile(file: string, content: string, faults: string[]) {
  const document = parseDocument(content)
  const [fault] = document.errors
  if (fault) {
    faults.push(`${file} is not YAML: ${placeOf(fault)}.`)
    return null
  }
  const value = plainOf(document)
  if (value === undefined) {
    faults.push(`${file} is not YAML: it has an alias that names nothing, or far too many.`)
    return null
  }
  const parsed = kubeconfigFileSchema.safeParse(value ?? {})
  if (parsed.success) return parsed.data
  faults.push(`${file} is no kubeconfig: ${sentenceOf(parsed.error)}.`)
  return null
}

/** Undefined for aliases that the parser finds no fault with, but which have no value. */
function plainOf(document: Document.Parsed): unknown {
  try {
    return document.toJS()
  } catch {
    return undefined
  }
}

/** YAML's own message quotes the text around, which may be a token; the place alone tells enough. */
function placeOf({ code, linePos }: YAMLParseError): string {
  const what = code.toLowerCase().replaceAll('_', ' ')
  return linePos ? `${what} in line ${linePos[0].line}, column ${linePos[0].col}` : what
}

/** Names paths and kinds, never values. */
function sentenceOf(error: z.ZodError): string {
  const [issue] = error.issues
  if (!issue) return 'unknown reason'
  const path = issue.path.join('.')
  if (issue.code !== 'invalid_type') return `${path || 'it'} is not valid`
  return `${path || 'it'} should be ${/^[aeiou]/.test(issue.expected) ? 'an' : 'a'} ${issue.expected}`
}

function anchored(folder: string, path: string | null | undefined): string | null | undefined {
  return path && !isAbsolute(path) ? join(folder, path) : path
}

function anchorCluster(folder: string) {
  return (cluster: ClusterEntry): ClusterEntry => ({
    ...cluster,
    'certificate-authority': anchored(folder, cluster['certificate-authority']),
  })
}

/** A plugin's command is looked up in PATH when it is a bare name, and lies beside its file when it is a path. */
function anchorUser(folder: string) {
  return (user: UserEntry): UserEntry => ({
    ...user,
    'client-certificate': anchored(folder, user['client-certificate']),
    'client-key': anchored(folder, user['client-key']),
    tokenFile: anchored(folder, user.tokenFile),
    exec: user.exec && {
      ...user.exec,
      command: /[\\/]/.test(user.exec.command) ? join(anchored(folder, user.exec.command) ?? '') : user.exec.command,
    },
  })
}

/** An address without a scheme is https where there is something of TLS, as in client-go, else http. */
function withScheme(cluster: ClusterEntry, user: UserEntry): string {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(cluster.server)) return cluster.server
  const hasTls =
    cluster['insecure-skip-tls-verify'] === true ||
    [cluster['certificate-authority'], cluster['certificate-authority-data']].some(Boolean) ||
    [user['client-certificate'], user['client-certificate-data']].some(Boolean)
  return `${hasTls ? 'https' : 'http'}://${cluster.server}`
}

function resolve({ clusters, users, contexts, current, faults }: Merged): Kubeconfig {
  const resolved: ContextAccess[] = []
  for (const [name, context] of contexts) {
    const cluster = clusters.get(context.cluster)
    const user = context.user ? users.get(context.user) : userEntrySchema.parse({})
    if (!cluster) faults.push(`The context “${name}” names the cluster “${context.cluster}”, which no file has.`)
    if (!user) faults.push(`The context “${name}” names the user “${context.user}”, which no file has.`)
    if (!cluster || !user) continue
    const names = { name, clusterName: context.cluster, userName: context.user ?? '' }
    const withServer = { ...cluster, server: withScheme(cluster, user) }
    resolved.push({ ...names, namespace: context.namespace || null, cluster: withServer, user })
  }
  return { contexts: resolved, current, faults }
}
