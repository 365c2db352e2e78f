import { window } from 'vscode'
import type { Account } from '#contract/extension-api.ts'
import { showError } from '../messages.ts'

type Team = Account['teams'][number]

/** The team that a cluster is to belong to; asked only when there are several. Undefined: none was chosen. */
export async function chooseTeam(teams: readonly Team[]): Promise<Team | undefined> {
  if (teams.length === 1) return teams[0]
  if (teams.length === 0) {
    void showError('Your account belongs to no team. Make one in the portal first.')
    return undefined
  }
  const items = teams.map((team) => ({ label: team.name, description: planWords(team), team }))
  const options = { title: 'Connect a cluster to kube9', placeHolder: 'Choose the team it belongs to' }
  return (await window.showQuickPick(items, options))?.team
}

/** Null when the plan has room for one more cluster. */
export function planTrouble({ name, plan }: Team): string | null {
  if (!plan.active) return `The plan of ${name} (${plan.label}) is not active, so the server will refuse the key.`
  if (plan.clusterLimit === null || plan.clustersUsed < plan.clusterLimit) return null
  return `The plan of ${name} (${plan.label}) holds ${plan.clusterLimit} clusters and all are used, so the server will refuse one more.`
}

function planWords({ plan }: Team): string {
  const limit = plan.clusterLimit === null ? '' : ` of ${plan.clusterLimit}`
  return `${plan.label}, ${plan.clustersUsed}${limit} clusters`
}
