import type { KubeObject } from './seen-object.ts'

/** For tests: what must never be seen, as it is written and as it is encoded. */
export const PLANTED = ['correct-horse-battery', 'tok-4f9a77'] as const
export const PLANTED_TEXTS = PLANTED.flatMap((value) => [value, encode(value)])

/** A Secret as `kubectl apply` leaves it, with a copy of itself in an annotation, and a part of it in another. */
export const plantedSecret: KubeObject = {
  apiVersion: 'v1',
  kind: 'Secret',
  type: 'Opaque',
  metadata: {
    name: 'gateway',
    namespace: 'shop',
    uid: '6d1c3c3e-1',
    resourceVersion: '811',
    creationTimestamp: '2026-11-26T10:00:00Z',
    labels: { app: 'gateway' },
    annotations: {
      'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify({
        kind: 'Secret',
        data: { password: encode(PLANTED[0]) },
        stringData: { token: PLANTED[1] },
      }),
      'example.com/connection': `amqp://gateway:${PLANTED[0]}@queue:5672`,
      'example.com/team': 'shop',
    },
  },
  data: { password: encode(PLANTED[0]), token: encode(PLANTED[1]), empty: '' },
}

function encode(text: string): string {
  return Buffer.from(text).toString('base64')
}
