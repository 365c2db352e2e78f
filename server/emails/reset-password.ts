import type { MailContent } from './render.ts'

export function resetPassword(data: { link: string; hours: number }): MailContent {
  return {
    subject: 'Choose a new kube9 password',
    before: ['someone asked for a new password for the kube9 account of this address.'],
    action: { label: 'Choose a new password', link: data.link },
    after: [
      `The link works once, for ${data.hours === 1 ? 'one hour' : `${data.hours} hours`}. The new password ends every session of yours.`,
      'If it was not you, do nothing: your password stays as it is.',
    ],
  }
}
