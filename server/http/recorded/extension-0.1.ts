/**
 * Requests as the extension 0.1 and its page send them. They are never changed: an editor that stays open for months goes on
 * sending them. `<team>` and `<cluster>` stand for what differs from one to the next.
 */
type Recorded = { sender: 'editor' | 'page'; method: 'GET' | 'POST'; path: string; body?: string }

const reference = '{"teamId":"<team>","clusterId":"<cluster>"}'
const byGet = (procedure: string, input: string): Recorded => ({
  sender: 'editor',
  method: 'GET',
  path: `/trpc/extension/${procedure}?input=${encodeURIComponent(input)}`,
})
const byPost = (sender: Recorded['sender'], procedure: string, body: string): Recorded => ({
  sender,
  method: 'POST',
  path: `/trpc/extension/${procedure}`,
  body,
})

export const recordedRequests = {
  'account.read': { sender: 'editor', method: 'GET', path: '/trpc/extension/account.read' },
  'clusters.list': byGet('clusters.list', '{"teamId":"<team>"}'),
  'clusters.standing': byGet('clusters.standing', reference),
  'installations.createKey': byPost('editor', 'installations.createKey', '{"teamId":"<team>","name":"kind-dev"}'),
  'webviews.issueCode': byPost(
    'editor',
    'webviews.issueCode',
    '{"teamId":"<team>","clusterId":"<cluster>","challenge":"E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"}',
  ),
  'reports.cluster': byPost('page', 'reports.cluster', reference),
  'reports.health': byPost('page', 'reports.health', '{"teamId":"<team>","clusterId":"<cluster>","rangeHours":24}'),
  'reports.nodes': byPost('page', 'reports.nodes', reference),
  'reports.workloads': byPost('page', 'reports.workloads', reference),
  'reports.configuration': byPost('page', 'reports.configuration', reference),
  'reports.events': byPost('page', 'reports.events', reference),
} as const satisfies Record<string, Recorded>
export type RecordedName = keyof typeof recordedRequests
