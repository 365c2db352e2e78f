import { STATUS_CONFIG_MAP } from '#contract/operator-status.ts'
import type { Pseudonymizer } from '#contract/pseudonyms.ts'
import type { NamesRefusal } from '#contract/webview-protocol.ts'
import type { Cluster } from '../cluster/cluster.ts'
import { KubeError, isKubeFault } from '../kube/kube-error.ts'
import { namedLists, namesOf } from './named-lists.ts'
import type { RealName } from './named-lists.ts'
import { SALT_RULE, readSalt } from './read-salt.ts'

/** What is beyond stays a pseudonym. */
const MOST_NAMES = 60_000
/** So many are kept for the next page that asks; a larger cluster is read again. */
const MOST_KEPT = 20_000
const KEPT_MS = 60_000

export type NameBatch = Record<string, RealName>

/** Names come in parts. A refusal may follow some: then a few kinds could not be listed. */
export type NamesAnswer = { kind: 'names'; names: NameBatch } | { kind: 'refused'; refusal: NamesRefusal }

type Kept = { saltId: string; until: number; answers: NamesAnswer[] }
const kept = new WeakMap<Cluster, Kept>()

interface Wish {
  saltId: string
  /** For objects that are younger than what is kept, which is replaced. */
  isAgain: boolean
  signal: AbortSignal
}

/** The real names of a cluster's objects by their pseudonyms under one salt, computed here from the live objects. */
export async function* findNames(cluster: Cluster, { saltId, isAgain, signal }: Wish): AsyncIterable<NamesAnswer> {
  const known = kept.get(cluster)
  if (!isAgain && known?.saltId === saltId && known.until > Date.now()) {
    yield* known.answers
    return
  }
  const answers: NamesAnswer[] = []
  for await (const answer of readNames(cluster, saltId, signal)) {
    answers.push(answer)
    yield answer
  }
  if (!signal.aborted) keep(cluster, saltId, answers)
}

function keep(cluster: Cluster, saltId: string, answers: NamesAnswer[]): void {
  const count = answers.reduce((sum, answer) => sum + sizeOf(answer), 0)
  if (count > MOST_KEPT) return
  kept.set(cluster, { saltId, until: Date.now() + KEPT_MS, answers })
  setTimeout(() => {
    if (kept.get(cluster)?.answers === answers) kept.delete(cluster)
  }, KEPT_MS).unref()
}

/** A refusal counts as too many: who was refused tries again when something was mended. */
function sizeOf(answer: NamesAnswer): number {
  return answer.kind === 'names' ? Object.keys(answer.names).length : MOST_KEPT + 1
}

async function* readNames(cluster: Cluster, saltId: string, signal: AbortSignal): AsyncIterable<NamesAnswer> {
  let pseudonymizer: Pseudonymizer | null
  try {
    const namespace = cluster.operatorNamespace ?? STATUS_CONFIG_MAP.defaultNamespace
    pseudonymizer = await readSalt(cluster.api, namespace, signal)
  } catch (error) {
    return void (yield refused(error, SALT_RULE))
  }
  if (pseudonymizer?.saltId !== saltId) return void (yield { kind: 'refused', refusal: { reason: 'other-salt' } })
  yield* readLists(cluster, pseudonymizer, signal)
}

/** All lists, one after the other. One that may not be read does not keep the others from being read. */
async function* readLists(cluster: Cluster, salt: Pseudonymizer, signal: AbortSignal): AsyncIterable<NamesAnswer> {
  const missing: string[] = []
  let count = 0
  for (const list of namedLists) {
    try {
      for await (const names of namesOf(cluster.api, list, signal)) {
        if (names.length > 0) yield { kind: 'names', names: await batchOf(list.kind, names, salt) }
        count += names.length
        if (count >= MOST_NAMES) return
      }
    } catch (error) {
      if (!isKubeFault(error, 'forbidden')) return void (yield refused(error, ''))
      missing.push(`{apiGroups: ["${list.group}"], resources: ["${list.resource}"], verbs: ["list"]}`)
    }
  }
  if (missing.length > 0) yield { kind: 'refused', refusal: { reason: 'forbidden', rbac: missing.join('\n') } }
}

async function batchOf(
  kind: (typeof namedLists)[number]['kind'],
  names: RealName[],
  salt: Pseudonymizer,
): Promise<NameBatch> {
  const entries = await Promise.all(
    names.map(async (name) => [await salt.pseudonymOf({ kind, ...name }), name] as const),
  )
  return Object.fromEntries(entries)
}

function refused(error: unknown, rbac: string): NamesAnswer {
  if (isKubeFault(error, 'forbidden')) return { kind: 'refused', refusal: { reason: 'forbidden', rbac } }
  if (error instanceof KubeError) return { kind: 'refused', refusal: { reason: 'unreachable' } }
  throw error
}
