import type { Account, ClusterStanding, InstallationKey, WebviewCode } from '#contract/extension-api.ts'
import type { ClusterReference } from '#contract/cluster-report.ts'

/** The calls of the extension router that the extension host makes. Each throws a `SignedOutError` or a `ServerError`. */
export interface ServerClient {
  readAccount(): Promise<Account>
  /** Null when it is no cluster of a team of the account. */
  readStanding(reference: ClusterReference): Promise<ClusterStanding | null>
  createInstallationKey(input: { teamId: string; name: string }): Promise<InstallationKey>
  issueWebviewCode(input: ClusterReference & { challenge: string }): Promise<WebviewCode>
}
