/** What flows between whom. The picture's arrows carry these numbers, and the list beside it says them in full. */
export const flows = [
  { number: 1, from: 'You', to: 'Portal', what: 'Your e-mail address, and a name for a key.' },
  { number: 2, from: 'Portal', to: 'You', what: 'The API key, shown once. Only a keyed hash of it is kept.' },
  { number: 3, from: 'You', to: 'Cluster', what: 'The operator, by Helm, with the key in a Secret.' },
  {
    number: 4,
    from: 'Operator',
    to: 'Server',
    what: 'Registration, heartbeats and collections, over https, outwards only. Nothing at all without a key.',
  },
  { number: 5, from: 'Server', to: 'Operator', what: 'A signed entitlement and the pace of the next heartbeat.' },
  { number: 6, from: 'Operator', to: 'ConfigMap', what: 'How the cluster is doing: mode, health, conditions.' },
  {
    number: 7,
    from: 'ConfigMap',
    to: 'Editor',
    what: 'That status, read with your own kubeconfig, which never leaves your machine.',
  },
  { number: 8, from: 'Server', to: 'Editor', what: 'The views of Pro, to an editor that is signed in.' },
] as const
