import type { DemoAccount } from './seed-account.ts'

export interface DemoAddresses {
  account: DemoAccount
  portalUrl: string
  /** Null without `--editor`. */
  editorUrl: string | null
  kubeconfig: string
  seconds: number
}

/** What the demo says once it is ready: where things are, and what to do first. */
export function welcome(addresses: DemoAddresses): string {
  const { account, portalUrl, editorUrl, kubeconfig, seconds } = addresses
  return `
  The kube9 demo is ready (${seconds} s). It is a demo: its cluster has no machines, and nothing of it is kept.

${editorUrl === null ? '' : `    Editor      ${editorUrl}   no password\n`}    Portal      ${account.dashboardUrl}
    Sign in     ${account.email}   password: ${account.password}
    Mailbox     ${portalUrl}/mailbox
    Cluster     export KUBECONFIG=${kubeconfig}

${editorUrl === null ? portalSteps : editorSteps}
  Ctrl-C stops everything and removes it.
`
}

const portalSteps = `  Next: sign in and look at the cluster; then revoke its key, and see it turn degraded within a minute.
  With --editor the demo brings an editor along too.`

const editorSteps = `  Next, in one browser (Chrome, Edge or Firefox):
    1. Open the portal and sign in.
    2. Open the editor, choose kube9 in the bar at its left side, and open the cluster. It is Pro already.
    3. "Sign in" in the editor leads to the portal, where one click connects the two; then open the cluster's page.
    4. Revoke the cluster's key in the portal, and see the editor tell what happened within a minute.`
