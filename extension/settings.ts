/** What the person's settings say, read anew at each look. Addresses are without a slash at the end and never from a workspace. */
export interface Settings {
  readonly serverUrl: string
  readonly portalUrl: string
  /** Namespaces in which the operator is looked for first, `kube9-system` included. */
  readonly operatorNamespaces: readonly string[]
  /** Kubeconfig files instead of KUBECONFIG and ~/.kube/config; empty for those. */
  readonly kubeconfigFiles: readonly string[]
}
