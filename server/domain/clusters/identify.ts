import type { RegisterRequest } from '#contract/operator-api.ts'
import { clusterTokenMatches } from './cluster-token.ts'
import type { InstanceHistory } from './instances.ts'

/** A cluster of the team that shares the identifier of a registration. */
export type Candidate = {
  id: string
  name: string
  tokenHash: Uint8Array | null
  forkOfId: string | null
  apiKeyId: string
  /** The key with which it registered has been revoked, or has expired. */
  apiKeyEnded: boolean
  instanceId: string | null
  instances: InstanceHistory
  kubernetesVersion: string
  registeredAt: Date
  lastSeenAt: Date
  deregisteredAt: Date | null
}

export type Registration = RegisterRequest & { apiKeyId: string; clusterToken?: string | undefined }

/** Which cluster a registration is. */
export type Identity<Row extends Candidate = Candidate> =
  /** It is this one, and goes on. `proven` when it showed the cluster's token. */
  | { kind: 'same'; cluster: Row; proven: boolean }
  /** It takes the place of one that said goodbye or fell silent, as after a reinstall. */
  | { kind: 'successor'; cluster: Row }
  /** It says that it is a cluster which lives, and cannot prove it. It gets an id of its own. */
  | { kind: 'fork'; of: Row }
  /** Another cluster that happens to share the identifier of a public operator. */
  | { kind: 'namesake' }
  | { kind: 'new' }

/** After this silence a cluster may be taken over by who has its identifier, but not its token. */
export const TAKE_OVER_AFTER_SECONDS = 600

/** Decides which of the candidates, oldest first, a registration is. */
export function identifyCluster<Row extends Candidate>(
  candidates: readonly Row[],
  registration: Registration,
  now: Date,
): Identity<Row> {
  const isOurs = registration.instanceId !== undefined || registration.clusterToken !== undefined
  return isOurs ? identifyOurs(candidates, registration, now) : identifyPublic(candidates, registration)
}

function identifyOurs<Row extends Candidate>(
  candidates: readonly Row[],
  registration: Registration,
  now: Date,
): Identity<Row> {
  const { instanceId } = registration
  const proven = candidates.find((row) => clusterTokenMatches(registration.clusterToken, row.tokenHash))
  if (proven && !isExcluded(proven, instanceId)) return { kind: 'same', cluster: proven, proven: true }
  // The answer to its first registration was lost: the instance is the proof, which nobody else has seen.
  const unanswered = candidates.find(
    (row) => instanceId !== undefined && row.instanceId === instanceId && !isExcluded(row, instanceId),
  )
  if (unanswered) return { kind: 'same', cluster: unanswered, proven: false }
  if (proven) return { kind: 'fork', of: proven }
  const idle = candidates.filter(
    (row) => row.deregisteredAt !== null || silentSeconds(row, now) >= TAKE_OVER_AFTER_SECONDS,
  )
  const successor = idle.find((row) => row.forkOfId === null) ?? latest(idle)
  if (successor) return { kind: 'successor', cluster: successor }
  const original = candidates.find((row) => row.forkOfId === null) ?? candidates[0]
  return original ? { kind: 'fork', of: original } : { kind: 'new' }
}

/**
 * Public operators hash the API service's address, which most clusters share, and keep no token. What tells them apart is
 * their key and their Kubernetes version, which only rises. Two clusters in doubt stay two: merging them would hide one.
 */
function identifyPublic<Row extends Candidate>(candidates: readonly Row[], registration: Registration): Identity<Row> {
  const rows = candidates.filter((row) => row.tokenHash === null)
  const sameKey = rows.filter((row) => row.apiKeyId === registration.apiKeyId)
  // Its key was changed. Silence is no sign of that: the cluster may be broken, and its owner has to see it.
  const keyChanged = rows.filter((row) => row.apiKeyEnded)
  const same =
    sameVersion(sameKey, registration) ??
    upgraded(sameKey, registration) ??
    sameVersion(keyChanged, registration) ??
    upgraded(keyChanged, registration)
  if (same) return { kind: 'same', cluster: same, proven: false }
  return candidates.length > 0 ? { kind: 'namesake' } : { kind: 'new' }
}

function sameVersion<Row extends Candidate>(rows: readonly Row[], registration: Registration): Row | undefined {
  return rows.find((row) => row.kubernetesVersion === registration.kubernetesVersion)
}

/** The one that has been silent for longest among those that run an older Kubernetes. */
function upgraded<Row extends Candidate>(rows: readonly Row[], registration: Registration): Row | undefined {
  const older = rows.filter((row) => compareVersions(row.kubernetesVersion, registration.kubernetesVersion) < 0)
  return older.toSorted((one, other) => one.lastSeenAt.getTime() - other.lastSeenAt.getTime())[0]
}

function latest<Row extends Candidate>(rows: readonly Row[]): Row | undefined {
  return rows.toSorted((one, other) => other.lastSeenAt.getTime() - one.lastSeenAt.getTime())[0]
}

function isExcluded(row: Candidate, instanceId: string | undefined): boolean {
  return instanceId !== undefined && row.instances.excluded.includes(instanceId)
}

function silentSeconds(row: Candidate, now: Date): number {
  return (now.getTime() - row.lastSeenAt.getTime()) / 1000
}

/** By major, minor and patch; vendors' suffixes do not count. */
function compareVersions(one: string, other: string): number {
  const [left, right] = [versionNumbers(one), versionNumbers(other)]
  const place = left.findIndex((number, at) => number !== right[at])
  return place === -1 ? 0 : (left[place] ?? 0) - (right[place] ?? 0)
}

function versionNumbers(version: string): number[] {
  const [, major = '0', minor = '0', patch = '0'] = /^v?(\d+)\.(\d+)(?:\.(\d+))?/.exec(version) ?? []
  return [Number(major), Number(minor), Number(patch)]
}
