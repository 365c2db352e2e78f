import type { ErrorBody } from '#contract/errors.ts'
import type { HeartbeatResponse, RegisterResponse } from '#contract/operator-api.ts'
import type { RegistrationRecord } from './record.ts'

/** The record after the server accepted a key. It also keeps the number of the first beat as used. */
export function afterRegistration(
  record: RegistrationRecord,
  keyId: string,
  answer: RegisterResponse,
  now: Date,
): RegistrationRecord {
  const sameCluster = record.clusterId === answer.clusterId
  return {
    ...record,
    sequence: record.sequence + 1,
    keyId,
    clusterId: answer.clusterId,
    clusterToken: answer.clusterToken ?? (sameCluster ? record.clusterToken : null),
    configuration: answer.configuration,
    entitlement: answer.entitlement ?? (sameCluster ? record.entitlement : null),
    registeredAt: now.toISOString(),
    lastServerContact: now.toISOString(),
    refusal: null,
  }
}

/** The record after a beat. It also keeps the number of the next beat as used: what is kept is never behind what was sent. */
export function afterHeartbeat(record: RegistrationRecord, answer: HeartbeatResponse, now: Date): RegistrationRecord {
  return {
    ...record,
    sequence: record.sequence + 1,
    configuration: answer.configuration,
    entitlement: answer.entitlement ?? record.entitlement,
    lastServerContact: now.toISOString(),
    lastHeartbeat: now.toISOString(),
    refusal: null,
  }
}

/** The record after key or plan were refused: the entitlement is gone, the cluster's identity and token stay. */
export function afterRefusal(
  record: RegistrationRecord,
  keyId: string,
  { code, details }: ErrorBody,
  now: Date,
): RegistrationRecord {
  const again = record.refusal?.keyId === keyId && record.refusal.code === code
  return {
    ...record,
    entitlement: null,
    refusal: {
      code,
      at: again ? (record.refusal?.at ?? now.toISOString()) : now.toISOString(),
      since: details?.since ?? null,
      manageUrl: details?.manageUrl ?? null,
      keyId,
    },
  }
}
