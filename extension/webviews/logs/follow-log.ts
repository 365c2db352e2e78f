import { setTimeout as delay } from 'node:timers/promises'
import { readObject } from '../../documents/follow-object.ts'
import type { KubeApi } from '../../kube/kube-api.ts'
import { isKubeFault, KubeError } from '../../kube/kube-error.ts'
import { objectPath } from '../frame/object-reference.ts'
import type { ObjectReference } from '../frame/object-reference.ts'
import { tidyLine } from './log-line.ts'
import { loggedPod, outlook } from './pod-containers.ts'
import type { ContainerOutlook } from './pod-containers.ts'
import type { LogEntry, LogOptions, LogPhase } from './protocol.ts'
import { SeenLines } from './seen-lines.ts'

const FIRST_PAUSE_MS = 500
const LAST_PAUSE_MS = 10_000
const OPENED_MS = 300

export interface LogListener {
  onEntry(entry: LogEntry): void
  /** How often the container was restarted so far, each time that the pod was looked at. */
  onRestarts(count: number): void
  onPhase(phase: LogPhase, words: string, rbac?: string | null): void
}

interface Follow {
  api: KubeApi
  pod: ObjectReference
  options: LogOptions & { container: string }
  listener: LogListener
  signal: AbortSignal
  /** Asked at each stream: aborts, with the `KubeError` as its reason, when somebody else learns that the cluster is away. */
  away: () => AbortSignal
}

/** Reads a container's log, and goes on through restarts and broken connections for as long as the pod lives. Never rejects. */
export async function followLog(follow: Follow): Promise<void> {
  const { options, listener, signal } = follow
  const seen = new SeenLines()
  let restarts = 0
  let pauseMs = FIRST_PAUSE_MS
  while (!signal.aborted) {
    const came = await readLog(follow, seen)
    if (signal.aborted || came === 'refused') return
    if (came === 'read' && (options.previous || !options.follow)) return listener.onPhase('ended', 'Read to its end.')
    const now = await look(follow)
    if (signal.aborted) return
    if (now === 'gone') return tellGone(listener)
    if (came === 'read' && now !== null && now.endedWith !== null) return tellEnd(listener, now.endedWith)
    if (now !== null) listener.onRestarts(now.restarts)
    if (now !== null && now.restarts > restarts) pauseMs = FIRST_PAUSE_MS
    restarts = now?.restarts ?? restarts
    await delay(pauseMs, undefined, { signal }).catch(() => undefined)
    pauseMs = Math.min(pauseMs * 2, LAST_PAUSE_MS)
    seen.beginAgain()
  }
}

/** The container as it is now; null where that cannot be said. */
async function look({ api, pod, options, signal }: Follow): Promise<ContainerOutlook | 'gone' | null> {
  try {
    const { object } = await readObject(api, pod, signal)
    const found = loggedPod(object)
    return found && outlook(found, options.container)
  } catch (error) {
    return isKubeFault(error, 'not-found') ? 'gone' : null
  }
}

function tellGone(listener: LogListener): void {
  listener.onEntry({ mark: 'The pod is gone.', tone: 'warning' })
  listener.onPhase('gone', 'The pod is gone.')
}

function tellEnd(listener: LogListener, exitCode: number): void {
  const words = `The container ended with exit code ${exitCode}.`
  listener.onEntry({ mark: words, tone: exitCode === 0 ? 'quiet' : 'bad' })
  listener.onPhase('ended', words)
}

/** `read`: the stream came to its end. `broken`: it did not, and is tried again. `refused`: trying again is of no use. */
async function readLog(
  { api, pod, options, listener, signal, away }: Follow,
  seen: SeenLines,
): Promise<'read' | 'broken' | 'refused'> {
  const query = {
    container: options.container,
    previous: options.previous,
    follow: options.follow && !options.previous,
    timestamps: true,
    ...(seen.since === null
      ? { tailLines: options.tailLines, sinceSeconds: options.sinceSeconds ?? undefined }
      : { sinceTime: seen.since }),
  }
  try {
    const gone = away()
    // A kubelet that follows a log answers nothing at all before there is a line.
    const request = { query, signal: AbortSignal.any([signal, gone]), beginsLate: query.follow }
    const lines = api.lines(`${objectPath(pod)}/log`, request)
    // A stream that is refused is so at once; one that is open may be silent for long.
    const opened = setTimeout(
      () => listener.onPhase(query.follow ? 'following' : 'connecting', query.follow ? 'Following' : 'Reading'),
      OPENED_MS,
    )
    try {
      for await (const line of lines) if (seen.isNew(line)) listener.onEntry(tidyLine(line))
    } finally {
      clearTimeout(opened)
    }
    // A stream ends quietly by its signal.
    gone.throwIfAborted()
    return 'read'
  } catch (error) {
    if (signal.aborted) return 'read'
    return tellFault(listener, error instanceof KubeError ? error : new KubeError('other', String(error)))
  }
}

function tellFault(listener: LogListener, { fault, status, message, mend, rbac }: KubeError): 'broken' | 'refused' {
  if (fault === 'forbidden') {
    listener.onPhase('failed', message, rbac)
    return 'refused'
  }
  if (status === 400) {
    // Such as "container … is waiting to start: ContainerCreating", or no previous container.
    const waits = /waiting to start|PodInitializing|ContainerCreating/.test(message)
    listener.onPhase(waits ? 'waiting' : 'failed', message)
    return waits ? 'broken' : 'refused'
  }
  listener.onPhase('failed', [message, mend].filter(Boolean).join(' '))
  return 'broken'
}
