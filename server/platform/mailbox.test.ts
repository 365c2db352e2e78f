import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createMailer } from './mailer.ts'
import { listReceivedMail, readReceivedMail, receiveMail } from './mailbox.ts'

test('the development mailbox keeps what comes over SMTP, the newest first, and reads it again', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kube9-mailbox-'))
  const mailbox = await receiveMail({ folder: join(folder, 'mails'), smtpPort: 0 })
  const mailer = createMailer({ url: `smtp://127.0.0.1:${mailbox.port}`, from: 'kube9 <no-reply@localhost>' })
  onTestFinished(async () => {
    mailer.close()
    await mailbox.close()
    rmSync(folder, { recursive: true })
  })
  expect(await listReceivedMail(join(folder, 'mails'), 10)).toEqual([])
  const link = `http://localhost:3000/verify?token=${'x'.repeat(120)}`
  for (const name of ['one', 'two']) {
    await mailer.send({
      to: `${name}@example.com`,
      subject: `Mail ${name} – grüße`,
      text: `Open\n${link}\n`,
      html: '<p>Open</p>',
      messageId: name,
    })
  }
  const listed = await listReceivedMail(join(folder, 'mails'), 10)
  expect(listed.map(({ to, subject }) => ({ to, subject }))).toEqual([
    { to: 'two@example.com', subject: 'Mail two – grüße' },
    { to: 'one@example.com', subject: 'Mail one – grüße' },
  ])
  const mail = await readReceivedMail(join(folder, 'mails'), listed[0]?.id ?? '')
  expect(mail?.text).toContain(link)
  expect(await readReceivedMail(join(folder, 'mails'), 'not-there')).toBeNull()
})
