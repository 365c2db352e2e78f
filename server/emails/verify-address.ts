import type { MailContent } from './render.ts'

export function verifyAddress(data: { link: string; hours: number }): MailContent {
  return {
    subject: 'Verify your address for kube9',
    before: ['someone, we hope you, signed up for kube9 with this address.'],
    action: { label: 'Verify this address', link: data.link },
    after: [
      `The link works once, for ${data.hours} hours. Open it in the browser in which you signed up, and you are signed in.`,
      'If it was not you, do nothing: without this step there is no account.',
    ],
  }
}
