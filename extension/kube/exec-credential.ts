import { spawn } from 'node:child_process'
import { z } from 'zod'
import { KubeError } from './kube-error.ts'
import type { ExecEntry } from './kubeconfig-schema.ts'

const TIMEOUT_MS = 10_000
/** A credential is renewed this long before it ends, so that none ends on its way. */
const RENEW_AHEAD_MS = 15_000
const MAX_OUTPUT = 1024 * 1024

const credentialSchema = z.object({
  status: z.object({
    token: z.string().nullish(),
    clientCertificateData: z.string().nullish(),
    clientKeyData: z.string().nullish(),
    expirationTimestamp: z.string().nullish(),
  }),
})
export type ExecCredential = z.infer<typeof credentialSchema>['status']

export interface ExecOptions {
  /** What a plugin with `provideClusterInfo` is told of the cluster. */
  clusterInfo: () => Promise<object>
  /** PATH as a login shell has it: an editor started from a dock knows less. */
  path: () => Promise<string | undefined>
  timeoutMs?: number
}

/**
 * The credential that a command of the kubeconfig gives. However many ask at once, the command runs once, and again only when its
 * credential has ended or was refused. After a failure it waits for a person, since each run could open a login window.
 */
export class ExecCredentialSource {
  readonly #entry: ExecEntry
  readonly #options: ExecOptions
  #kept: ExecCredential | null = null
  #pending: Promise<ExecCredential> | null = null
  #failure: Error | null = null

  constructor(entry: ExecEntry, options: ExecOptions) {
    this.#entry = entry
    this.#options = options
  }

  /** Throws a `KubeError`. */
  async get(): Promise<ExecCredential> {
    if (this.#kept && !hasEnded(this.#kept)) return this.#kept
    if (this.#failure !== null) throw this.#failure
    this.#pending ??= this.#run()
      .catch((error: unknown) => this.refuse(error))
      .finally(() => (this.#pending = null))
    return this.#pending
  }

  /** Its credentials are of no use, for the reason that is thrown from now on. */
  refuse(reason: unknown): never {
    this.#kept = null
    this.#failure = reason instanceof Error ? reason : new Error(String(reason))
    throw this.#failure
  }

  /** A person asks: the command may run again. */
  retry(): void {
    this.#failure = null
  }

  /** The API server refused it. */
  forget(credential: ExecCredential): void {
    if (this.#kept === credential) this.#kept = null
  }

  async #run(): Promise<ExecCredential> {
    const { command, interactiveMode } = this.#entry
    if (interactiveMode === 'Always') {
      throw new KubeError('unauthenticated', `The credential plugin “${command}” asks questions in a terminal.`, {
        mend: 'Sign in by running kubectl once in a terminal, or set interactiveMode to IfAvailable.',
      })
    }
    const output = await this.#spawn()
    try {
      this.#kept = credentialSchema.parse(JSON.parse(output)).status
      return this.#kept
    } catch (error) {
      throw new KubeError(
        'unauthenticated',
        `The credential plugin “${command}” gave something that is no credential.`,
        {
          mend: `Run “${command}” in a terminal to see what it says.`,
          cause: error instanceof z.ZodError ? error : undefined,
        },
      )
    }
  }

  async #spawn(): Promise<string> {
    const { command, args } = this.#entry
    const env = await this.#environment()
    return new Promise((resolve, reject) => {
      const child = spawn(command, args ?? [], { env, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true })
      let output = ''
      let complaint = ''
      const timer = setTimeout(() => {
        child.kill('SIGKILL')
        reject(this.#late())
      }, this.#options.timeoutMs ?? TIMEOUT_MS)
      child.stdout.setEncoding('utf8').on('data', (part: string) => {
        output += part
        if (output.length > MAX_OUTPUT) child.kill('SIGKILL')
      })
      child.stderr.setEncoding('utf8').on('data', (part: string) => (complaint = (complaint + part).slice(-2000)))
      child.once('error', (error: NodeJS.ErrnoException) => {
        clearTimeout(timer)
        reject(this.#absent(error))
      })
      child.once('close', (code) => {
        clearTimeout(timer)
        if (code === 0) resolve(output)
        else reject(this.#failed(code, complaint))
      })
    })
  }

  async #environment(): Promise<NodeJS.ProcessEnv> {
    const path = await this.#options.path()
    const { apiVersion, env, provideClusterInfo } = this.#entry
    const cluster = provideClusterInfo ? { cluster: await this.#options.clusterInfo() } : {}
    const spec = { interactive: false, ...cluster }
    return {
      ...process.env,
      ...(path === undefined ? {} : { PATH: path }),
      ...Object.fromEntries((env ?? []).map(({ name, value }) => [name, value])),
      KUBERNETES_EXEC_INFO: JSON.stringify({ apiVersion, kind: 'ExecCredential', spec }),
    }
  }

  #late(): KubeError {
    const seconds = (this.#options.timeoutMs ?? TIMEOUT_MS) / 1000
    const { command } = this.#entry
    return new KubeError('unauthenticated', `The credential plugin “${command}” did not answer within ${seconds} s.`, {
      mend: `Run “${command}” in a terminal: it may be waiting for you to sign in.`,
    })
  }

  #absent(cause: NodeJS.ErrnoException): KubeError {
    const { command, installHint } = this.#entry
    const isMissing = cause.code === 'ENOENT'
    return new KubeError(
      'unauthenticated',
      isMissing
        ? `The credential plugin “${command}” was not found.`
        : `“${command}” could not be started: ${cause.code}.`,
      { mend: installHint?.trim() || `Install “${command}”, or put its folder into the PATH of your login shell.` },
    )
  }

  #failed(code: number | null, complaint: string): KubeError {
    const { command } = this.#entry
    const lastLine = complaint.trim().split('\n').at(-1)?.trim().slice(0, 200)
    const said = lastLine ? ` It said: ${lastLine}` : ''
    return new KubeError(
      'unauthenticated',
      `The credential plugin “${command}” failed (exit ${code ?? 'by signal'}).${said}`,
      {
        mend: `Run “${command}” in a terminal; you may have to sign in again.`,
      },
    )
  }
}

function hasEnded({ expirationTimestamp }: ExecCredential): boolean {
  if (!expirationTimestamp) return false
  return Date.parse(expirationTimestamp) - RENEW_AHEAD_MS <= Date.now()
}
