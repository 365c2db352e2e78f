import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client'

export type PortalMetrics = { registry: Registry; observe(request: ObservedRequest): void }
type ObservedRequest = { kind: string; status: number; seconds: number }

/** Counts and times of requests by kind (page, api, asset), and the process's own figures. Labels never hold a path. */
export function createPortalMetrics(): PortalMetrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const requests = new Counter({
    name: 'kube9_portal_requests_total',
    help: 'Requests answered, by kind and class of status.',
    labelNames: ['kind', 'status'],
    registers: [registry],
  })
  const durations = new Histogram({
    name: 'kube9_portal_request_seconds',
    help: 'Time from a request to the end of its answer.',
    labelNames: ['kind'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  })
  return {
    registry,
    observe({ kind, status, seconds }) {
      requests.inc({ kind, status: `${Math.floor(status / 100)}xx` })
      if (kind !== 'stream') durations.observe({ kind }, seconds)
    },
  }
}
