import type { MailContent } from './render.ts'

export function clusterForked(data: { clusterName: string; clusterLink: string; teamName: string }): MailContent {
  return {
    subject: 'A second operator claims one of your clusters',
    before: [
      `in ${data.teamName}, an operator registered as ${data.clusterName} while another one is connected under that name and did not show its token.`,
      'Neither was disturbed: the newcomer is listed as a cluster of its own.',
    ],
    action: { label: 'See the new cluster', link: data.clusterLink },
    after: [
      'If you cloned or restored a cluster, all is well. If you did not, revoke the API key that it uses and create a new one.',
    ],
  }
}
