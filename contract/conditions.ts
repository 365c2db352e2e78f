import { z } from 'zod'

/** What the operator says of itself, in Kubernetes' form. Reasons are a closed set, so that no free text leaves a cluster. */
export const conditionTypes = [
  'StatusWritable',
  'ApiKeyAccepted',
  'ServerReachable',
  'Registered',
  'CollectionsFresh',
  'ClusterHealthy',
] as const
export type ConditionType = (typeof conditionTypes)[number]

/** Every reason, with the sentence that the server shows for it. The operator writes its own, with addresses and dates. */
export const conditionReasons = {
  Ready: 'All is well.',
  StatusWriteFailed: 'The operator cannot write its status ConfigMap. Check its Role and its namespace.',
  NoApiKey: 'No API key is configured, so nothing leaves the cluster.',
  KeyAccepted: 'The API key is accepted.',
  KeyNotTriedYet: 'The API key has not been tried yet.',
  KeyMalformed: 'The configured text is not an API key. Copy the key again; a character may be missing.',
  KeyRefused: 'The API key was refused. It may be revoked. Create a new key and put it into the Secret.',
  KeyExpired: 'The API key has expired. Create a new key and put it into the Secret.',
  SubscriptionRequired: 'The team has no active plan. Choose a plan in the portal.',
  PlanRefused: 'The plan does not allow this cluster. See the plan in the portal.',
  ClusterLimitReached: 'The plan’s number of clusters is used up. Remove a cluster or change the plan.',
  ServerAnswers: 'The server answers.',
  NotContacted: 'The server is not contacted in operated mode.',
  ServerUnreachable: 'The server cannot be reached. The operator keeps trying.',
  ServerTimeout: 'The server did not answer in time. The operator keeps trying.',
  ServerThrottled: 'The server asked the operator to slow down.',
  ServerFault: 'The server answered with a fault of its own. The operator keeps trying.',
  UnexpectedAnswer: 'Something other than kube9 answered at the server’s address. Check proxies and serverUrl.',
  InsecureServerUrl: 'The server’s address is not https. Use https, or allow plain http on purpose.',
  HeartbeatLate: 'The last heartbeat is late.',
  Registered: 'The cluster is registered.',
  NotRegistered: 'The cluster is not registered.',
  GraceOver: 'The server was away for longer than 72 hours, so Pro has ended until it is back.',
  NotCollecting: 'No collections are sent: the cluster is not registered, or the server asks for none.',
  Fresh: 'Collections are fresh.',
  Stale: 'Collections are late.',
  NamesUnusable: 'The salt for pseudonyms is unusable, so no collections are sent. See the operator’s status.',
  NodesReady: 'All nodes are ready.',
  NodesNotReady: 'At least one node is not ready.',
  Unknown: 'Not known yet.',
  KubernetesUnreachable: 'The Kubernetes API does not answer the operator.',
} as const
export type ConditionReason = keyof typeof conditionReasons

const reasonNames = Object.keys(conditionReasons) as [ConditionReason, ...ConditionReason[]]

export const conditionStatuses = ['True', 'False', 'Unknown'] as const
export type ConditionStatus = (typeof conditionStatuses)[number]

/** A condition on its way to the server: no message. An unknown type or reason of a later operator becomes `Unknown`. */
export const reportedConditionSchema = z.object({
  type: z.string().max(64),
  status: z.enum(conditionStatuses).catch('Unknown'),
  reason: z.enum(reasonNames).catch('Unknown'),
  lastTransitionTime: z.iso.datetime(),
})
export type ReportedCondition = z.infer<typeof reportedConditionSchema>

/** A condition in the status ConfigMap. `message` is at most 420 characters. */
export const conditionSchema = z.object({
  type: z.enum(conditionTypes),
  status: z.enum(conditionStatuses),
  reason: z.enum(reasonNames),
  message: z.string().max(420),
  lastTransitionTime: z.iso.datetime(),
  observedGeneration: z.int().nonnegative(),
})
export type Condition = z.infer<typeof conditionSchema>
