import type { V1Container, V1EnvFromSource, V1EnvVar } from '@kubernetes/client-node'
import { KUBERNETES_SERVICE_ADDRESS, KUBERNETES_SERVICE_PORT } from '../addresses.ts'
import { readField } from './field-reference.ts'
import type { PodSources } from './pod-sources.ts'

const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

export type Environment = Record<string, string>

/** The environment of a container's process. Rejects with the name of a Secret, ConfigMap or key that is missing. */
export async function containerEnvironment(container: V1Container, sources: PodSources): Promise<Environment> {
  const port = String(KUBERNETES_SERVICE_PORT)
  const environment: Environment = {
    PATH: DEFAULT_PATH,
    HOME: '/',
    HOSTNAME: sources.pod.metadata?.name ?? '',
    KUBERNETES_SERVICE_HOST: KUBERNETES_SERVICE_ADDRESS,
    KUBERNETES_SERVICE_PORT: port,
    KUBERNETES_SERVICE_PORT_HTTPS: port,
  }
  for (const source of container.envFrom ?? []) Object.assign(environment, await readEnvFrom(source, sources))
  for (const variable of container.env ?? []) {
    const value = await readVariable(variable, sources)
    if (value !== null) environment[variable.name] = expand(value, environment)
  }
  return environment
}

/** Replaces `$(NAME)` by the variable's value; `$$` stands for one `$`. */
export function expand(text: string, environment: Environment): string {
  return text.replace(/\$\$|\$\(([^)]+)\)/g, (match, name: string | undefined) => {
    if (name === undefined) return '$'
    return environment[name] ?? match
  })
}

async function readEnvFrom({ prefix = '', secretRef, configMapRef }: V1EnvFromSource, sources: PodSources) {
  const reference = secretRef ?? configMapRef
  if (!reference?.name) return {}
  const content = secretRef ? await sources.secret(reference.name) : await sources.configMap(reference.name)
  if (!content && !reference.optional) throw new Error(`${reference.name} not found`)
  return Object.fromEntries(Object.entries(content ?? {}).map(([key, value]) => [`${prefix}${key}`, value.toString()]))
}

/** Null when an optional source is absent: the variable is then not set. */
async function readVariable({ value, valueFrom }: V1EnvVar, sources: PodSources): Promise<string | null> {
  if (!valueFrom) return value ?? ''
  const { fieldRef, secretKeyRef, configMapKeyRef, resourceFieldRef } = valueFrom
  if (fieldRef) return readField(sources.pod, sources.addresses, fieldRef)
  if (resourceFieldRef) throw new Error('resourceFieldRef is not known to this node')
  const reference = secretKeyRef ?? configMapKeyRef
  if (!reference?.name) return ''
  const content = secretKeyRef ? await sources.secret(reference.name) : await sources.configMap(reference.name)
  const found = content?.[reference.key]
  if (found) return found.toString()
  if (reference.optional) return null
  throw new Error(content ? `${reference.name} has no key ${reference.key}` : `${reference.name} not found`)
}
