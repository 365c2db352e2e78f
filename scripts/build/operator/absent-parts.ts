/** Stands in the operator's bundle for parts of client-node that its configuration names, but that the operator never calls. */
function absent(): never {
  throw new Error('The operator sends its requests over node:https.')
}

export const Agent = absent
export const ProxyAgent = absent
export const ServerConfiguration = absent
export const createConfiguration = absent
