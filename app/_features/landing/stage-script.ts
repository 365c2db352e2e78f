/** What the stage plays, and when, in seconds; all is over after five, so that nothing on the page keeps moving. */
export const demoCluster = {
  name: 'production',
  id: 'cls_bb8b3fb44ca7677c6ac7348f8a8eccb3',
  neighbourId: 'cls_83b427a36f276d32009ccba771b34a82',
} as const

type TerminalLine = { kind: 'typed' | 'continued' | 'printed'; text: string; at: number }

export const demoTerminal: readonly TerminalLine[] = [
  { kind: 'typed', text: 'read -rs KEY && printf %s "$KEY" | kubectl -n kube9-system create \\', at: 0.2 },
  { kind: 'continued', text: 'secret generic kube9-operator-config --from-file=apiKey=/dev/stdin', at: 0.9 },
  { kind: 'printed', text: 'secret/kube9-operator-config created', at: 1.6 },
  { kind: 'typed', text: 'helm install kube9-operator kube9/kube9-operator -n kube9-system --wait', at: 1.8 },
  { kind: 'printed', text: 'STATUS: deployed', at: 2.7 },
  { kind: 'typed', text: 'kubectl -n kube9-system logs deployment/kube9-operator', at: 2.9 },
  { kind: 'printed', text: 'Connected: key accepted, cluster registered, heartbeat every 30 s', at: 4 },
]

export const demoFacts = [
  { label: 'Key seen', at: 3.3 },
  { label: 'Registered', at: 3.7 },
  { label: 'First heartbeat', at: 4.1 },
  { label: 'First report', at: 4.4 },
] as const

export const demoTree = [
  { label: 'Nodes', value: '3 ready' },
  { label: 'Deployments', value: '14' },
  { label: 'Pods', value: '52' },
  { label: 'Namespaces', value: '9' },
] as const
