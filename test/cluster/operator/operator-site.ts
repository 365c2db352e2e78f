import { randomUUID } from 'node:crypto'
import { lstatSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync, mkdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { dashboardDataSchema } from '#contract/dashboard-data.ts'
import type { DashboardData } from '#contract/dashboard-data.ts'
import { operatorStatusSchema } from '#contract/operator-status.ts'
import type { OperatorStatus } from '#contract/operator-status.ts'
import { recordSchema } from '#operator/registration/record.ts'
import type { RegistrationRecord } from '#operator/registration/record.ts'
import type { Cluster } from '#scripts/cluster/start-cluster.ts'
import { waitFor } from '#test/stack/wait-for.ts'
import { OperatorProcess, operatorCommand } from './operator-process.ts'
import type { CommandResult } from './operator-process.ts'

const CHART = fileURLToPath(new URL('../../../charts/kube9-operator', import.meta.url))
const RIGHTS = ['serviceaccount', 'role', 'clusterrole', 'operator-secrets'].map((name) => `templates/${name}.yaml`)

/**
 * A place where the operator runs: a namespace with the rights that the chart gives, a ServiceAccount's token, and the folders that its pod
 * would have.
 */
export class OperatorSite {
  readonly namespace: string
  readonly #cluster: Cluster
  readonly #folder = mkdtempSync(join(tmpdir(), 'kube9-operator-site-'))
  readonly #environment: Record<string, string>
  #process: OperatorProcess | null = null

  private constructor(cluster: Cluster, namespace: string, serverUrl: string) {
    this.#cluster = cluster
    this.namespace = namespace
    for (const name of ['key', 'events']) mkdirSync(join(this.#folder, name))
    this.#environment = {
      KUBECONFIG: join(this.#folder, 'kubeconfig'),
      POD_NAMESPACE: namespace,
      SERVER_URL: serverUrl,
      API_KEY_DIRECTORY: join(this.#folder, 'key'),
      EVENTS_DIRECTORY: join(this.#folder, 'events'),
      HTTP_PORT: '0',
      LOG_LEVEL: 'debug',
    }
  }

  static async create(cluster: Cluster, serverUrl: string): Promise<OperatorSite> {
    const namespace = `site-${randomUUID().slice(0, 8)}`
    const site = new OperatorSite(cluster, namespace, serverUrl)
    await cluster.kubectl(['create', 'namespace', namespace])
    const show = RIGHTS.flatMap((template) => ['--show-only', template])
    const stdin = await cluster.helm(['template', namespace, CHART, '--namespace', namespace, ...show])
    await cluster.kubectl(['apply', '--namespace', namespace, '-f', '-'], { stdin })
    const account = `${namespace}-kube9-operator`
    const token = await cluster.kubectl(['create', 'token', account, '--namespace', namespace])
    const kubeconfig = JSON.parse(await readFile(cluster.kubeconfigPath, 'utf8')) as { users: { user: object }[] }
    const users = kubeconfig.users.map((entry) => ({ ...entry, user: { token: token.trim() } }))
    writeFileSync(join(site.#folder, 'kubeconfig'), JSON.stringify({ ...kubeconfig, users }), { mode: 0o600 })
    return site
  }

  get operator(): OperatorProcess {
    if (!this.#process) throw new Error('The operator has not been started here.')
    return this.#process
  }

  /** Starts the operator; a second start goes on where the first ended, as a new pod would. */
  start(changes: Record<string, string> = {}): OperatorProcess {
    this.#process = new OperatorProcess({ ...this.#environment, ...changes })
    return this.#process
  }

  run(args: string[], changes: Record<string, string> = {}): Promise<CommandResult> {
    return operatorCommand(args, { ...this.#environment, ...changes })
  }

  /** Changes the mounted key as the kubelet does, by swapping a link to a folder; null takes the Secret away. */
  setKey(key: string | null): void {
    const mount = join(this.#folder, 'key')
    const version = mkdtempSync(join(mount, '..version-'))
    if (key !== null) writeFileSync(join(version, 'apiKey'), `${key}\n`)
    symlinkSync(version, join(mount, '..data_tmp'))
    renameSync(join(mount, '..data_tmp'), join(mount, '..data'))
    const link = join(mount, 'apiKey')
    if (key === null) rmSync(link, { force: true })
    else if (!lstatSync(link, { throwIfNoEntry: false })) symlinkSync('..data/apiKey', link)
  }

  async status(): Promise<OperatorStatus> {
    return operatorStatusSchema.parse(JSON.parse(await this.configMapText('kube9-operator-status', 'status')))
  }

  async dashboard(): Promise<DashboardData> {
    return dashboardDataSchema.parse(JSON.parse(await this.configMapText('kube9-dashboard-data', 'dashboard')))
  }

  /** Waits for a status, and shows the last one and the log when it never comes. */
  async statusWhere(
    what: string,
    holds: (status: OperatorStatus) => boolean,
    timeoutMs = 30_000,
  ): Promise<OperatorStatus> {
    let last: OperatorStatus | undefined
    try {
      return await waitFor(what, async () => holds((last = await this.status())) && last, timeoutMs)
    } catch (error) {
      const seen = `${JSON.stringify(last, null, 1)}\n${this.#process?.log ?? ''}`
      throw new Error(`The operator was never ${what}.\n${seen}`, { cause: error })
    }
  }

  async configMapText(name: string, key: string): Promise<string> {
    return this.kubectl('get', 'configmap', name, `-o=jsonpath={.data.${key}}`)
  }

  /** What the operator keeps in its Secret. */
  async record(): Promise<RegistrationRecord> {
    const encoded = await this.kubectl('get', 'secret', 'kube9-operator-state', '-o=jsonpath={.data.registration}')
    return recordSchema.parse(JSON.parse(Buffer.from(encoded, 'base64').toString('utf8')))
  }

  /** Edits what it keeps, while it does not run. */
  async editRecord(changes: Partial<RegistrationRecord>): Promise<void> {
    const registration = JSON.stringify({ ...(await this.record()), ...changes })
    const file = join(this.#folder, 'patch.json')
    writeFileSync(file, JSON.stringify({ stringData: { registration } }), { mode: 0o600 })
    await this.kubectl('patch', 'secret', 'kube9-operator-state', `--patch-file=${file}`)
  }

  kubectl(...args: string[]): Promise<string> {
    return this.#cluster.kubectl([...args, '-n', this.namespace])
  }

  async remove(): Promise<void> {
    await this.#process?.end('SIGKILL')
    await this.#cluster.kubectl(['delete', 'clusterrole,clusterrolebinding', `${this.namespace}-kube9-operator`])
    rmSync(this.#folder, { recursive: true, force: true })
  }
}
