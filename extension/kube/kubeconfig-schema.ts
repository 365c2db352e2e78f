import { z } from 'zod'

/** A kubeconfig as kubectl writes it. What is absent may also be null, and what is unknown is left alone. */

const text = z.string().nullish()

export const clusterEntrySchema = z.object({
  server: z.string().min(1),
  'certificate-authority': text,
  'certificate-authority-data': text,
  'insecure-skip-tls-verify': z.boolean().nullish(),
  'tls-server-name': text,
  'proxy-url': text,
  /** Those of credential plugins have settings of theirs in them. */
  extensions: z.array(z.object({ name: z.string(), extension: z.unknown() })).nullish(),
})
export type ClusterEntry = z.infer<typeof clusterEntrySchema>

export const execEntrySchema = z.object({
  apiVersion: z.string(),
  command: z.string().min(1),
  args: z.array(z.string()).nullish(),
  env: z.array(z.object({ name: z.string(), value: z.string() })).nullish(),
  installHint: text,
  provideClusterInfo: z.boolean().nullish(),
  interactiveMode: z.enum(['Never', 'IfAvailable', 'Always']).nullish(),
})
export type ExecEntry = z.infer<typeof execEntrySchema>

export const userEntrySchema = z.object({
  'client-certificate': text,
  'client-certificate-data': text,
  'client-key': text,
  'client-key-data': text,
  token: text,
  tokenFile: text,
  username: text,
  password: text,
  as: text,
  'as-uid': text,
  'as-groups': z.array(z.string()).nullish(),
  'as-user-extra': z.record(z.string(), z.array(z.string())).nullish(),
  'auth-provider': z.object({ name: z.string(), config: z.record(z.string(), z.string()).nullish() }).nullish(),
  exec: execEntrySchema.nullish(),
})
export type UserEntry = z.infer<typeof userEntrySchema>

export const contextEntrySchema = z.object({ cluster: z.string().min(1), user: text, namespace: text })
export type ContextEntry = z.infer<typeof contextEntrySchema>

const namedList = z.array(z.object({ name: z.string().min(1) }).loose()).nullish()

export const kubeconfigFileSchema = z.object({
  clusters: namedList,
  users: namedList,
  contexts: namedList,
  'current-context': text,
})
