import type { MailContent } from './render.ts'

export function addressAlreadyKnown(data: { signInLink: string; resetLink: string }): MailContent {
  return {
    subject: 'You have a kube9 account already',
    before: [
      'someone tried to sign up for kube9 with this address, which has an account already. Nothing about it has changed.',
    ],
    action: { label: 'Sign in', link: data.signInLink },
    after: [
      `If you forgot your password, choose a new one: ${data.resetLink}`,
      'If it was not you, you need not do anything.',
    ],
  }
}
