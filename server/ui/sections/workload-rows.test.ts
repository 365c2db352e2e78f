import { describe, expect, it } from 'vitest'
import { podTroubles } from '#contract/collection-payloads.ts'
import { groupTroubles, troubleAdvice } from './trouble-advice.ts'
import { everything, filterAmong, filterWorkloads, isShort, sortNamespaces } from './workload-rows.ts'
import type { Workload } from './workload-rows.ts'

const id = (kind: string, digit: string) => `${kind}-${digit.repeat(24)}`
const shop = id('namespace', 'a')
const system = id('namespace', 'b')
const known: Record<string, string> = { [shop]: 'shop', [id('deployment', '1')]: 'checkout' }
const names = { saltId: `salt_${'0'.repeat(16)}`, nameOf: (pseudonym: string) => known[pseudonym] }

const workload = (changes: Partial<Workload>): Workload => ({
  kind: 'deployment',
  name: id('deployment', '1'),
  namespace: shop,
  desired: 2,
  ready: 2,
  restarts: 0,
  createdAt: null,
  ...changes,
})
const checkout = workload({})
const proxy = workload({ kind: 'daemonset', name: id('daemonset', '2'), namespace: system, ready: 1 })
const nightly = workload({ kind: 'job', name: id('job', '3'), namespace: system, desired: 1, ready: 0 })
const all = [checkout, proxy, nightly]
const filter = (changes: Partial<typeof everything>, troubled: string[] = []) =>
  filterWorkloads(all, { ...everything, ...changes }, { names, troubled: new Set(troubled) })

describe('workloads', () => {
  it('are found by their name, their namespace’s name and their pseudonyms', () => {
    expect(filter({})).toEqual(all)
    expect(filter({ search: 'check' })).toEqual([checkout])
    expect(filter({ search: 'SHOP' })).toEqual([checkout])
    expect(filter({ search: 'daemonset-2222' })).toEqual([proxy])
    expect(filter({ search: 'nothing' })).toEqual([])
  })

  it('are filtered by namespace and kind', () => {
    expect(filter({ namespace: system })).toEqual([proxy, nightly])
    expect(filter({ namespace: system, kind: 'job' })).toEqual([nightly])
  })

  it('of a namespace that is gone hide nothing, and those of one that is there are kept to it', () => {
    const wanted = { ...everything, namespace: system, kind: 'job' as const }
    expect(filter(filterAmong(wanted, [{ name: shop }]))).toEqual([nightly])
    expect(filterAmong(wanted, [{ name: shop }])).toEqual({ ...wanted, namespace: '' })
    expect(filterAmong(wanted, [{ name: shop }, { name: system }])).toEqual(wanted)
  })

  it('need a look when they are short of pods, or a pod of theirs is in trouble; a Job that runs is neither', () => {
    expect(all.filter(isShort)).toEqual([proxy])
    expect(filter({ onlyTroubled: true })).toEqual([proxy])
    expect(filter({ onlyTroubled: true }, [checkout.name])).toEqual([checkout, proxy])
  })

  it('have namespaces in the order of their names, known ones first', () => {
    expect(sortNamespaces([{ name: system }, { name: shop }], names)).toEqual([{ name: shop }, { name: system }])
  })
})

describe('troubled pods', () => {
  const pod = (digit: string, changes: object) => ({
    name: id('pod', digit),
    namespace: shop,
    owner: checkout.name,
    node: null,
    phase: 'running' as const,
    trouble: 'CrashLoopBackOff' as const,
    restarts: 3,
    ...changes,
  })

  it('are one entry for each workload and trouble, the most pods first', () => {
    const groups = groupTroubles([
      pod('1', { owner: null, trouble: 'Evicted', restarts: 0 }),
      pod('2', {}),
      pod('3', { trouble: 'OOMKilled', restarts: 9 }),
      pod('4', { restarts: 4 }),
    ])
    expect(groups.map(({ subject, trouble, pods, restarts }) => [subject, trouble, pods.length, restarts])).toEqual([
      [checkout.name, 'CrashLoopBackOff', 2, 7],
      [checkout.name, 'OOMKilled', 1, 9],
      [id('pod', '1'), 'Evicted', 1, 0],
    ])
  })

  it('each come with what it means and what to do', () => {
    for (const trouble of podTroubles) {
      expect(troubleAdvice[trouble].what).toMatch(/^[A-Z].+\.$/)
      expect(troubleAdvice[trouble].todo).toMatch(/^[A-Z].+\.$/)
    }
  })
})
