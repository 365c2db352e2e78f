import { z } from 'zod'
import type { Tone } from '../../frame/tone.ts'
import { bytesText, quantityValue } from '../../frame/quantity.ts'
import { code, codeFact, fact, plain, plainFact, toned } from '../cells.ts'
import { conditionsSection } from '../conditions.ts'
import type { Cell, Section } from '../protocol.ts'
import { podsSection } from '../related-sections.ts'
import type { Described, KindDescription } from './kind-description.ts'

const quantities = z.record(z.string(), z.string()).default({})
const ROLE = 'node-role.kubernetes.io/'

const nodeSchema = z.object({
  metadata: z.object({ labels: z.record(z.string(), z.string()).nullish() }),
  spec: z
    .object({
      podCIDR: z.string().optional(),
      unschedulable: z.boolean().optional(),
      taints: z.array(z.object({ key: z.string(), value: z.string().optional(), effect: z.string() })).default([]),
    })
    .prefault({}),
  status: z
    .object({
      capacity: quantities,
      allocatable: quantities,
      addresses: z.array(z.object({ type: z.string(), address: z.string() })).default([]),
      conditions: z.array(z.object({ type: z.string(), status: z.string() })).default([]),
      nodeInfo: z
        .object({
          kubeletVersion: z.string().optional(),
          osImage: z.string().optional(),
          architecture: z.string().optional(),
          kernelVersion: z.string().optional(),
          containerRuntimeVersion: z.string().optional(),
        })
        .prefault({}),
    })
    .prefault({}),
})
type KubeNode = z.infer<typeof nodeSchema>

export function describeNode({ object, context, related }: Described): KindDescription {
  const node = nodeSchema.parse(object)
  const { spec, status } = node
  const word = nodeStatus(node)
  return {
    status: word,
    sections: [
      nodeFacts(node, word, podsText(node, related.pods)),
      resourcesSection(status),
      ...taintsSection(spec.taints),
      ...conditionsSection(object),
      ...podsSection(related, context, 'Pods on this node'),
    ],
  }
}

function nodeFacts(
  { metadata, spec, status }: KubeNode,
  word: { text: string; tone: Tone },
  pods: string | null,
): Section {
  const roles = Object.keys(metadata.labels ?? {}).flatMap((key) =>
    key.startsWith(ROLE) ? key.slice(ROLE.length) : [],
  )
  const { nodeInfo } = status
  return {
    form: 'facts',
    title: 'Node',
    facts: [
      ...fact('Status', toned(word.text, word.tone)),
      ...plainFact('Roles', roles.join(', ')),
      ...plainFact('Pods', pods),
      ...fact(
        'Addresses',
        status.addresses.map(({ type, address }): Cell => ({ text: address, code: true, note: type })),
      ),
      ...codeFact('Kubelet', nodeInfo.kubeletVersion),
      ...plainFact('System', [nodeInfo.osImage, nodeInfo.architecture].filter(Boolean).join(', ')),
      ...codeFact('Kernel', nodeInfo.kernelVersion),
      ...codeFact('Container runtime', nodeInfo.containerRuntimeVersion),
      ...codeFact('Pod network', spec.podCIDR),
    ],
  }
}

function nodeStatus({ spec, status }: KubeNode): { text: string; tone: Tone } {
  const ready = status.conditions.some(({ type, status: holds }) => type === 'Ready' && holds === 'True')
  if (!ready) return { text: 'Not ready', tone: 'bad' }
  return spec.unschedulable ? { text: 'Ready, cordoned', tone: 'quiet' } : { text: 'Ready', tone: 'good' }
}

function podsText({ status }: KubeNode, pods: Described['related']['pods']): string | null {
  if (!pods) return null
  const count = `${pods.rows.length}${pods.isCut ? ' or more' : ''}`
  const most = status.allocatable['pods']
  return most === undefined ? count : `${count} of at most ${most}`
}

function resourcesSection({ capacity, allocatable }: KubeNode['status']): Section {
  return {
    form: 'table',
    title: 'Resources',
    columns: ['Resource', 'Capacity', 'Allocatable'],
    rows: Object.keys(capacity).map((resource) => [
      plain(resource),
      plain(quantityText(resource, capacity[resource])),
      plain(quantityText(resource, allocatable[resource])),
    ]),
    empty: 'The node says nothing of its resources.',
  }
}

function quantityText(resource: string, quantity: string | undefined): string {
  if (quantity === undefined) return '–'
  return /memory|storage|hugepages/.test(resource) ? bytesText(quantityValue(quantity)) : quantity
}

function taintsSection(taints: KubeNode['spec']['taints']): Section[] {
  if (taints.length === 0) return []
  const rows = taints.map(({ key, value, effect }) => [code(key), value ? code(value) : plain('–'), plain(effect)])
  return [{ form: 'table', title: 'Taints', columns: ['Key', 'Value', 'Effect'], rows, empty: '' }]
}
