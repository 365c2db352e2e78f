/** What the operator is installed with. Nothing of it is secret: the key lies in the cluster by then. */
export interface HelmInstall {
  /** Name of the context in the kubeconfig. */
  context: string
  namespace: string
  chartsUrl: string
  /** The server's address when it is not the chart's own default. */
  serverUrl: string | null
}

const RELEASE = 'kube9-operator'

/**
 * Arguments of helm. One command does for the first time and for one more try after a failure, keeps the values of a release that is there,
 * and leaves the person's list of repositories alone.
 */
export function helmArguments({ context, namespace, chartsUrl, serverUrl }: HelmInstall): string[] {
  const what = ['upgrade', RELEASE, 'kube9-operator', '--install', '--repo', chartsUrl]
  const where = ['--namespace', namespace, '--create-namespace', '--kube-context', context]
  const values = ['--reset-then-reuse-values', ...(serverUrl === null ? [] : serverValues(serverUrl))]
  return [...what, ...where, ...values, '--wait']
}

/** The command as a person would write it in the shell that their machine has. */
export function commandText(
  program: string,
  args: readonly string[],
  platform: NodeJS.Platform = process.platform,
): string {
  const quote = platform === 'win32' ? quoteForPowerShell : quoteForPosix
  return [program, ...args].map(quote).join(' ')
}

/** Whether the key would cross a network in clear. The chart refuses that unless it is told to allow it. */
export function isInsecure(serverUrl: string): boolean {
  const { protocol, hostname } = new URL(serverUrl)
  return protocol === 'http:' && !['localhost', '127.0.0.1', '[::1]'].includes(hostname)
}

function serverValues(serverUrl: string): string[] {
  const values = ['--set-string', `serverUrl=${escapeValue(serverUrl)}`]
  return isInsecure(serverUrl) ? [...values, '--set', 'allowInsecureHttp=true'] : values
}

/** helm takes a comma for the beginning of the next value. */
function escapeValue(value: string): string {
  return value.replace(/[\\,]/g, (character) => `\\${character}`)
}

const PLAIN = /^[A-Za-z0-9_@%+=:,./-]+$/

function quoteForPosix(text: string): string {
  return PLAIN.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}

function quoteForPowerShell(text: string): string {
  return /^[A-Za-z0-9_+=:./-]+$/.test(text) ? text : `'${text.replaceAll("'", "''")}'`
}
