import { createHash, randomUUID } from 'node:crypto'
import type { HeartbeatRequest, RegisterRequest } from '#contract/operator-api.ts'
import type { Actor } from '#server/core/actor.ts'
import { createApiKey } from '#server/domain/api-keys/index.ts'
import type { TestTeam, TestWorld } from './test-world.ts'

/** A key of a team, with the actor that presents it. */
export async function createTestKey(
  world: TestWorld,
  team: TestTeam,
  name = 'production',
): Promise<{ key: string; id: string; actor: Extract<Actor, { kind: 'apiKey' }> }> {
  const { key, summary } = await createApiKey(world.context(team.owner), { teamId: team.id, name })
  return { key, id: summary.id, actor: { kind: 'apiKey', teamId: team.id, apiKeyId: summary.id, scopes: ['operator'] } }
}

/** An identifier as an operator makes it, from any text. */
export function identifierOf(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`
}

/** What our operator sends to register. */
export function registration(fields: Partial<RegisterRequest> = {}): RegisterRequest {
  return { ...publicRegistration(), instanceId: randomUUID(), ...fields }
}

/** What a public operator sends: it has no instance. */
export function publicRegistration(fields: Partial<RegisterRequest> = {}): RegisterRequest {
  return {
    operatorVersion: '1.4.2',
    clusterIdentifier: identifierOf(randomUUID()),
    kubernetesVersion: 'v1.35.4',
    approximateNodeCount: 3,
    ...fields,
  }
}

export function heartbeat(
  fields: Pick<HeartbeatRequest, 'clusterId' | 'instanceId' | 'sequence'> & Partial<HeartbeatRequest>,
): HeartbeatRequest {
  return {
    health: 'healthy',
    conditions: [],
    operatorVersion: '1.4.2',
    kubernetesVersion: 'v1.35.4',
    nodeCount: 3,
    ...fields,
  }
}
