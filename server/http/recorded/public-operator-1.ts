/**
 * Requests as the public operator of the generation before ours sends them, written out from its behaviour. They are never
 * changed: whoever installed that operator cannot change it either.
 */
export type RecordedRequest = { method: 'GET' | 'POST'; path: string; headers: Record<string, string>; body?: string }

const headers = (apiKey: string) => ({
  authorization: `Bearer ${apiKey}`,
  'content-type': 'application/json',
  'user-agent': 'kube9-operator/1.2.0',
})

export const register = (apiKey: string): RecordedRequest => ({
  method: 'POST',
  path: '/v1/operator/register',
  headers: headers(apiKey),
  body: '{"operatorVersion":"1.2.0","clusterIdentifier":"sha256:8500c9846b6bf1f6a3a2c1a3ed7a0a0b4ef2d5c6f6f3f3a1d2c4b5a697887766","kubernetesVersion":"v1.29.4-eks-036c24b","approximateNodeCount":4}',
})

/** Fields that a later one sends, and that this server may not know. */
export const registerWithUnknownFields = (apiKey: string): RecordedRequest => ({
  ...register(apiKey),
  body: '{"operatorVersion":"v1.3.0-rc.1+build.7","clusterIdentifier":"sha256:8500c9846b6bf1f6a3a2c1a3ed7a0a0b4ef2d5c6f6f3f3a1d2c4b5a697887766","kubernetesVersion":"v1.28.9+k3s1","approximateNodeCount":1,"region":"eu-west-1","capabilities":{"events":true}}',
})

export const health = (apiKey: string): RecordedRequest => ({
  method: 'GET',
  path: '/v1/operator/health',
  headers: headers(apiKey),
})

export const clusterMetadata = (apiKey: string): RecordedRequest => ({
  method: 'POST',
  path: '/v1/collections',
  headers: headers(apiKey),
  body: '{"version":"v1.0.0","type":"cluster-metadata","data":{"timestamp":"2026-11-23T10:00:00.000Z","collectionId":"coll_0123456789abcdefghijklmnopqrstuv","clusterId":"cls_8500c9846b6bf1f6a3a2c1a3ed7a0a0b","kubernetesVersion":"v1.29.4-eks-036c24b","nodeCount":4,"provider":"aws"},"sanitization":{"rulesApplied":["namespace-hash","label-filter"],"timestamp":"2026-11-23T10:00:00.100Z"}}',
})

export const resourceInventory = (apiKey: string): RecordedRequest => ({
  method: 'POST',
  path: '/v1/collections',
  headers: headers(apiKey),
  body: '{"version":"v1.0.0","type":"resource-inventory","data":{"timestamp":"2026-11-23T10:05:00.000Z","collectionId":"coll_vutsrqponmlkjihgfedcba9876543210","clusterId":"cls_8500c9846b6bf1f6a3a2c1a3ed7a0a0b","namespaces":{"list":["namespace-3f2a91bc07de"],"count":1},"resources":{"pods":{"total":12,"byNamespace":{"namespace-3f2a91bc07de":12}}}},"sanitization":{"rulesApplied":["namespace-hash"],"timestamp":"2026-11-23T10:05:00.020Z"}}',
})

export const configurationPatterns = (apiKey: string): RecordedRequest => ({
  method: 'POST',
  path: '/v1/collections',
  headers: headers(apiKey),
  body: '{"version":"v1.0.0","type":"resource-configuration-patterns","data":{"timestamp":"2026-11-23T10:10:00.000Z","collectionId":"coll_ABCDEFGHIJKLMNOPQRSTUVWXYZ012345","clusterId":"cls_8500c9846b6bf1f6a3a2c1a3ed7a0a0b","resourceLimitsRequests":{"containers":{"cpuRequests":["100m",null],"totalCount":2}}},"sanitization":{"rulesApplied":[],"timestamp":"2026-11-23T10:10:00.020Z"}}',
})
