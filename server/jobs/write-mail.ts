import type { Mail } from '#server/domain/mail/index.ts'
import { addressAlreadyKnown } from '#server/emails/address-already-known.ts'
import { clusterForked } from '#server/emails/cluster-forked.ts'
import { magicLink } from '#server/emails/magic-link.ts'
import { renderMail } from '#server/emails/render.ts'
import type { MailContent, RenderedMail } from '#server/emails/render.ts'
import { resetPassword } from '#server/emails/reset-password.ts'
import { verifyAddress } from '#server/emails/verify-address.ts'

/** A queued mail as people read it. */
export function writeMail(mail: Mail): RenderedMail {
  return renderMail(contentOf(mail))
}

function contentOf(mail: Mail): MailContent {
  switch (mail.kind) {
    case 'verify-address':
      return verifyAddress(mail)
    case 'address-already-known':
      return addressAlreadyKnown(mail)
    case 'reset-password':
      return resetPassword(mail)
    case 'magic-link':
      return magicLink(mail)
    case 'cluster-forked':
      return clusterForked(mail)
  }
}
