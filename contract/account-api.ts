import { z } from 'zod'
import { PASSWORD_MAX_LENGTH, PASSWORD_MIN_LENGTH } from './password-rules.ts'

/** An e-mail address in the one form in which it is stored and compared: NFKC, trimmed, lower case. */
export const emailSchema = z
  .string()
  .max(254, 'Keep the address to 254 characters.')
  .normalize('NFKC')
  .trim()
  .toLowerCase()
  .pipe(z.email('Enter an e-mail address such as you@example.com.'))

/** A password that is being chosen. Common ones are refused by the server, which has the list. */
export const newPasswordSchema = z
  .string()
  .min(
    PASSWORD_MIN_LENGTH,
    `Use at least ${PASSWORD_MIN_LENGTH} characters. A few words in a row are easy to remember.`,
  )
  .max(PASSWORD_MAX_LENGTH, `Keep the password to ${PASSWORD_MAX_LENGTH} characters.`)

/** A secret from a mail: 32 random bytes, base64url. */
export const mailTokenSchema = z
  .string()
  .regex(/^[A-Za-z0-9_-]{43}$/, 'This link is not complete. Open it from the mail again.')

/** What somebody came to sign in or sign up for, when it is not the portal itself. The query parameter `for` of its pages. */
export const accountPurposeSchema = z.enum(['editor'])
export type AccountPurpose = z.infer<typeof accountPurposeSchema>

export const signUpInputSchema = z.object({
  email: emailSchema,
  password: newPasswordSchema,
  for: accountPurposeSchema.optional(),
})
export type SignUpInput = z.infer<typeof signUpInputSchema>

export const credentialsSchema = z.object({ email: emailSchema, password: z.string().min(1).max(PASSWORD_MAX_LENGTH) })
export type Credentials = z.infer<typeof credentialsSchema>

/** The same for known and unknown addresses. */
export const mailSentSchema = z.object({ sent: z.literal(true) })
export type MailSent = z.infer<typeof mailSentSchema>

export const mailTokenInputSchema = z.object({ token: mailTokenSchema })

/**
 * `signedIn`: this browser is the one that signed up, so its password stays and a session has begun. Otherwise the password
 * was discarded, since someone else may have set it, and `resetToken` lets the owner of the mailbox choose one.
 */
export const verifiedEmailSchema = z.object({
  ok: z.literal(true),
  signedIn: z.boolean(),
  resetToken: mailTokenSchema.nullable(),
})
export type VerifiedEmail = z.infer<typeof verifiedEmailSchema>

export const requestResetInputSchema = z.object({ email: emailSchema })

export const resetPasswordInputSchema = z.object({ token: mailTokenSchema, password: newPasswordSchema })
export type ResetPasswordInput = z.infer<typeof resetPasswordInputSchema>

export const doneSchema = z.object({ ok: z.literal(true) })
export const endedSessionsSchema = z.object({ ended: z.int().nonnegative() })

/** A mail in the development mailbox, which exists in profile `local` alone. */
export const mailboxEntrySchema = z.object({
  id: z.string().regex(/^[0-9A-Za-z-]{1,64}$/),
  to: z.string(),
  subject: z.string(),
  receivedAt: z.iso.datetime(),
})
export type MailboxEntry = z.infer<typeof mailboxEntrySchema>

/** `links` are the addresses that the text holds, in their order. */
export const mailboxMailSchema = mailboxEntrySchema.extend({
  from: z.string(),
  text: z.string(),
  links: z.array(z.url()),
})
export type MailboxMail = z.infer<typeof mailboxMailSchema>
