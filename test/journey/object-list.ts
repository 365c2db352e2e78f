type Kubectl = (args: string[]) => Promise<string>

/** Kinds that come and go by themselves in any cluster. */
const RESTLESS = ['events', 'leases', 'endpoints', 'endpointslices', 'componentstatuses', 'controllerrevisions']

/** Every object of the cluster that can be listed, as `kind namespace/name`, but for what comes and goes by itself. */
export async function listObjects(kubectl: Kubectl): Promise<string[]> {
  const kinds = (await kubectl(['api-resources', '--verbs=list', '--output=name'])).trim().split('\n')
  const kept = kinds.filter((kind) => !RESTLESS.includes(kind.split('.')[0] ?? ''))
  const template = '{range .items[*]}{.kind} {.metadata.namespace}/{.metadata.name}{"\\n"}{end}'
  const listed = await kubectl([
    'get',
    kept.join(','),
    '--all-namespaces',
    '--ignore-not-found',
    `--output=jsonpath=${template}`,
  ])
  return [...new Set(listed.trim().split('\n'))].sort()
}
