import type { MailContent } from './render.ts'

export function magicLink(data: { link: string; minutes: number }): MailContent {
  return {
    subject: 'Sign in to kube9',
    before: ['someone asked to sign in to kube9 with this address.'],
    action: { label: 'Sign in', link: data.link },
    after: [
      `The link works once, for ${data.minutes} minutes.`,
      'If it was not you, do nothing, and do not pass the link on.',
    ],
  }
}
