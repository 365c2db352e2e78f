import { z } from 'zod'
import { code, codeFact, fact, linked, plain } from '../cells.ts'
import type { Cell, Section } from '../protocol.ts'
import type { Described, KindDescription } from './kind-description.ts'

const backendSchema = z.object({
  service: z
    .object({
      name: z.string(),
      port: z.object({ name: z.string().optional(), number: z.number().optional() }).prefault({}),
    })
    .optional(),
  resource: z.object({ kind: z.string(), name: z.string() }).optional(),
})
type Backend = z.infer<typeof backendSchema>

const ingressSchema = z.object({
  metadata: z.object({ namespace: z.string().optional() }),
  spec: z.object({
    ingressClassName: z.string().optional(),
    defaultBackend: backendSchema.optional(),
    rules: z
      .array(
        z.object({
          host: z.string().optional(),
          http: z
            .object({
              paths: z
                .array(z.object({ path: z.string().optional(), pathType: z.string(), backend: backendSchema }))
                .default([]),
            })
            .optional(),
        }),
      )
      .default([]),
    tls: z.array(z.object({ hosts: z.array(z.string()).default([]), secretName: z.string().optional() })).default([]),
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
type Ingress = z.infer<typeof ingressSchema>

export function describeIngress({ object, context }: Described): KindDescription {
  const { metadata, spec, status } = ingressSchema.parse(object)
  const where = { context, namespace: metadata.namespace ?? null }
  const addresses = status.loadBalancer.ingress.flatMap(({ ip, hostname }) => ip ?? hostname ?? [])
  const facts: Section = {
    form: 'facts',
    title: 'Ingress',
    facts: [
      ...codeFact('Class', spec.ingressClassName),
      ...fact('Addresses', addresses.length > 0 ? addresses.map(code) : plain('None yet')),
      ...fact('Default backend', spec.defaultBackend && backendCell(spec.defaultBackend, where)),
    ],
  }
  return { status: null, sections: [facts, rulesSection(spec, where), ...tlsSection(spec, where)] }
}

type Where = { context: string; namespace: string | null }

function rulesSection({ rules }: Ingress['spec'], where: Where): Section {
  const rows = rules.flatMap(({ host, http }) =>
    (http?.paths ?? []).map(({ path, pathType, backend }) => [
      code(host ?? '*'),
      { ...code(path ?? '/'), note: pathType },
      backendCell(backend, where),
    ]),
  )
  return { form: 'table', title: 'Rules', columns: ['Host', 'Path', 'Backend'], rows, empty: 'No rules.' }
}

function tlsSection({ tls }: Ingress['spec'], where: Where): Section[] {
  if (tls.length === 0) return []
  const rows = tls.map(({ hosts, secretName }) => [
    code(hosts.join(', ') || '*'),
    secretName ? linked({ ...where, kind: 'Secret', name: secretName }) : plain('–'),
  ])
  return [{ form: 'table', title: 'TLS', columns: ['Hosts', 'Secret'], rows, empty: '' }]
}

function backendCell({ service, resource }: Backend, where: Where): Cell {
  if (service) {
    const port = service.port.name ?? service.port.number
    return linked({ ...where, kind: 'Service', name: service.name }, `${service.name}${port ? `:${port}` : ''}`)
  }
  return resource ? linked({ ...where, ...resource }, `${resource.kind} ${resource.name}`) : plain('–')
}
