import { z } from 'zod'
import { code, codeFact, fact, plain, plainFact, selectorText } from '../cells.ts'
import { conditionsSection } from '../conditions.ts'
import type { Section } from '../protocol.ts'
import { endpointsSection } from '../related-sections.ts'
import type { Described, KindDescription } from './kind-description.ts'

const texts = z.array(z.string()).default([])

const serviceSchema = z.object({
  metadata: z.object({ namespace: z.string().optional() }),
  spec: z.object({
    type: z.string().default('ClusterIP'),
    clusterIPs: texts,
    externalIPs: texts,
    externalName: z.string().optional(),
    sessionAffinity: z.string().optional(),
    internalTrafficPolicy: z.string().optional(),
    externalTrafficPolicy: z.string().optional(),
    selector: z.record(z.string(), z.string()).nullish(),
    ports: z
      .array(
        z.object({
          name: z.string().optional(),
          protocol: z.string().default('TCP'),
          port: z.number(),
          targetPort: z.union([z.string(), z.number()]).optional(),
          nodePort: z.number().optional(),
          appProtocol: z.string().optional(),
        }),
      )
      .default([]),
  }),
  status: z
    .object({
      loadBalancer: z
        .object({
          ingress: z.array(z.object({ ip: z.string().optional(), hostname: z.string().optional() })).default([]),
        })
        .prefault({}),
    })
    .prefault({}),
})

export function describeService({ object, context, related }: Described): KindDescription {
  const { metadata, spec, status } = serviceSchema.parse(object)
  const balanced = status.loadBalancer.ingress.flatMap(({ ip, hostname }) => ip ?? hostname ?? [])
  const facts: Section = {
    form: 'facts',
    title: 'Service',
    facts: [
      ...plainFact('Type', spec.type),
      ...fact('Cluster IPs', spec.clusterIPs.map(code)),
      ...fact('External IPs', spec.externalIPs.map(code)),
      ...fact('Load balancer', balanced.map(code)),
      ...codeFact('External name', spec.externalName),
      ...fact(
        'Selector',
        spec.selector ? code(selectorText(spec.selector)) : plain('None: its endpoints are made by hand'),
      ),
      ...plainFact('Session affinity', spec.sessionAffinity),
      ...plainFact('External traffic', spec.externalTrafficPolicy),
      ...plainFact('Internal traffic', spec.internalTrafficPolicy),
    ],
  }
  const ports: Section = {
    form: 'table',
    title: 'Ports',
    columns: ['Name', 'Port', 'Target port', 'Node port'],
    rows: spec.ports.map(({ name, protocol, port, targetPort, nodePort }) => [
      plain(name ?? '–'),
      code(`${port}/${protocol}`),
      code(targetPort ?? port),
      nodePort === undefined ? plain('–') : code(nodePort),
    ]),
    empty: 'No ports.',
  }
  const where = { context, namespace: metadata.namespace ?? null }
  return { status: null, sections: [facts, ports, ...endpointsSection(related, where), ...conditionsSection(object)] }
}
