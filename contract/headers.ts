/** Headers that our programs add to the public contract. */
export const CLUSTER_TOKEN_HEADER = 'kube9-cluster-token'
export const REQUEST_ID_HEADER = 'x-request-id'
