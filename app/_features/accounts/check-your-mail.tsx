import { ButtonLink } from '#app/_ui/button-link.tsx'
import { Notice } from '#app/_ui/notice.tsx'
import { TextLink } from '#app/_ui/text-link.tsx'
import { AuthFrame } from './auth-frame.tsx'

const leads = {
  'sign-up':
    'A link is on its way to the address that you gave. Open it in this browser to verify the address and go on.',
  'sign-in': 'If the address is known here, a link that signs you in is on its way. It works once.',
  reset: 'If the address is known here, a link for a new password is on its way. It works once.',
} as const

export type MailReason = keyof typeof leads

/** What the mail is for; whatever is not known counts as signing up. */
export function mailReasonOf(value: string | undefined): MailReason {
  return value === 'sign-in' || value === 'reset' ? value : 'sign-up'
}

export function CheckYourMail({ reason, mailbox }: { reason: MailReason; mailbox: boolean }) {
  return (
    <AuthFrame
      title="Check your mail"
      lead={leads[reason]}
      foot={
        <>
          Nothing there after some minutes? Look into the spam folder, or <TextLink href="/sign-up">try again</TextLink>
          .
        </>
      }
    >
      {mailbox && (
        <Notice kind="info">
          <p className="mb-3">This is a local installation. Its mail lands in the development mailbox.</p>
          <ButtonLink href="/mailbox" variant="primary">
            Open the mailbox
          </ButtonLink>
        </Notice>
      )}
    </AuthFrame>
  )
}
