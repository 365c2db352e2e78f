import { randomBytes, randomUUID } from 'node:crypto'
import { CLUSTER_TOKEN_HEADER } from '#contract/headers.ts'
import { registerResponseSchema } from '#contract/operator-api.ts'
import type { HeartbeatRequest, RegisterRequest } from '#contract/operator-api.ts'

/** Calls the API as an operator does, for tests that look at pages. */
export class ApiOperator {
  readonly clusterId: string
  readonly #call: (path: string, body: unknown) => Promise<Response>
  readonly #instanceId: string
  #sequence = 0

  private constructor(
    call: (path: string, body: unknown) => Promise<Response>,
    identity: { clusterId: string; instanceId: string },
  ) {
    this.#call = call
    this.clusterId = identity.clusterId
    this.#instanceId = identity.instanceId
  }

  /** Registers a cluster of its own. */
  static async register(apiOrigin: string, key: string): Promise<ApiOperator> {
    const instanceId = randomUUID()
    const request: RegisterRequest = {
      operatorVersion: '0.1.0',
      clusterIdentifier: `sha256:${randomBytes(32).toString('hex')}`,
      kubernetesVersion: 'v1.35.4',
      approximateNodeCount: 3,
      instanceId,
    }
    const answer = await send(apiOrigin, { key, path: '/v1/operator/register', body: request })
    const { clusterId, clusterToken } = registerResponseSchema.parse(await answer.json())
    const call = (path: string, body: unknown) => send(apiOrigin, { key, path, body, clusterToken })
    return new ApiOperator(call, { clusterId, instanceId })
  }

  /** Sends a heartbeat and gives back the status of the answer. */
  async beat(health: HeartbeatRequest['health'] = 'healthy'): Promise<number> {
    this.#sequence += 1
    const well = health === 'healthy'
    const request: HeartbeatRequest = {
      clusterId: this.clusterId,
      instanceId: this.#instanceId,
      sequence: this.#sequence,
      health,
      conditions: [
        condition('ApiKeyAccepted', 'KeyAccepted'),
        condition('ServerReachable', 'ServerAnswers'),
        { ...condition('ClusterHealthy', well ? 'NodesReady' : 'NodesNotReady'), status: well ? 'True' : 'False' },
      ],
      operatorVersion: '0.1.0',
      kubernetesVersion: 'v1.35.4',
      nodeCount: 3,
    }
    return (await this.#call('/v1/operator/heartbeat', request)).status
  }
}

function condition(
  type: string,
  reason: HeartbeatRequest['conditions'][number]['reason'],
): HeartbeatRequest['conditions'][number] {
  return { type, status: 'True', reason, lastTransitionTime: new Date().toISOString() }
}

type Call = { key: string; path: string; body: unknown; clusterToken?: string | undefined }

function send(apiOrigin: string, { key, path, body, clusterToken }: Call): Promise<Response> {
  return fetch(apiOrigin + path, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      'user-agent': 'kube9-operator/0.1.0',
      ...(clusterToken && { [CLUSTER_TOKEN_HEADER]: clusterToken }),
    },
    body: JSON.stringify(body),
  })
}
