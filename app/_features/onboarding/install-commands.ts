/** What a command is made of. Names are Kubernetes names; addresses are without a slash at the end. */
export type InstallTarget = { release: string; namespace: string; chartsUrl: string; apiUrl: string }

export const installWays = ['helm', 'quick', 'manifest', 'gitops'] as const
export type InstallWay = (typeof installWays)[number]

export const defaultTarget = { release: 'kube9-operator', namespace: 'kube9-system' } as const

const PUBLIC_API_URL = 'https://api.kube9.io'
const SECRET = 'kube9-operator-config'
const KUBERNETES_NAME = /^[a-z0-9]([-a-z0-9]{0,51}[a-z0-9])?$/

/** The way that an address names, or the first. */
export function installWayOf(value: string | undefined): InstallWay {
  return installWays.find((way) => way === value) ?? 'helm'
}

/** Whether a text can name a release and a namespace: it goes into a command, so nothing else may. */
export function isKubernetesName(text: string): boolean {
  return KUBERNETES_NAME.test(text)
}

const makeNamespace = ({ namespace }: InstallTarget) =>
  `kubectl create namespace ${namespace} --dry-run=client -o yaml | kubectl apply -f -`

/** Without echo, and by way of stdin, so that the key is in no argument and no history. */
const askForKey = ({ namespace }: InstallTarget) => [
  `printf 'Paste the API key, then press Enter: '`,
  'read -rs KUBE9_KEY',
  `printf '%s' "$KUBE9_KEY" | kubectl create secret generic ${SECRET} --namespace ${namespace} --from-file=apiKey=/dev/stdin`,
  'unset KUBE9_KEY',
]

const addRepository = ({ chartsUrl }: InstallTarget) => `helm repo add kube9 ${chartsUrl} --force-update`

const serverFlag = ({ apiUrl }: InstallTarget) => (apiUrl === PUBLIC_API_URL ? '' : ` --set serverUrl=${apiUrl}`)

/**
 * One compound command that asks for the key without echo. It has to be one: a shell that is given several lines at once
 * would take the line after `read` for the key.
 */
export function helmCommand(target: InstallTarget): string {
  return [
    makeNamespace(target),
    ...askForKey(target),
    addRepository(target),
    `helm install ${target.release} kube9/kube9-operator --namespace ${target.namespace}${serverFlag(target)} --wait`,
  ].join(' && \\\n')
}

/** Short, with the key in the command: `key` is what stands there, such as a placeholder. */
export function quickCommand(target: InstallTarget, key: string): string {
  return [
    addRepository(target),
    `helm install ${target.release} kube9/kube9-operator --namespace ${target.namespace} --create-namespace --set apiKey=${key}${serverFlag(target)} --wait`,
  ].join(' && \\\n')
}

/** Without a key: operated mode. The server's address is for the day when a key is added. */
export function operatedCommand(target: InstallTarget): string {
  return [
    addRepository(target),
    `helm install ${target.release} kube9/kube9-operator --namespace ${target.namespace} --create-namespace${serverFlag(target)} --wait`,
  ].join(' && \\\n')
}

/** For those who apply manifests: the Secret by hand, the rest rendered by helm. */
export function manifestCommand(target: InstallTarget): string {
  return [
    makeNamespace(target),
    ...askForKey(target),
    addRepository(target),
    `helm template ${target.release} kube9/kube9-operator --namespace ${target.namespace}${serverFlag(target)} --no-hooks | kubectl apply --namespace ${target.namespace} -f -`,
  ].join(' && \\\n')
}

/** An Argo CD Application. The key comes from a Secret of yours, which `existingSecret` names. */
export function gitOpsManifest({ release, namespace, chartsUrl, apiUrl }: InstallTarget): string {
  const server = apiUrl === PUBLIC_API_URL ? '' : `\n        serverUrl: ${apiUrl}`
  return `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: ${release}
  namespace: argocd
spec:
  project: default
  source:
    repoURL: ${chartsUrl}
    chart: kube9-operator
    targetRevision: "*"
    helm:
      valuesObject:
        existingSecret: kube9-api-key${server}
  destination:
    server: https://kubernetes.default.svc
    namespace: ${namespace}
  syncPolicy:
    syncOptions: [CreateNamespace=true]`
}
