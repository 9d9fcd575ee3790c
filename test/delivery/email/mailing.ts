/** A small mailing for tests of sending, and a clock that goes. */
import { setTimeout as wait } from 'node:timers/promises'
import { composeMessage, type Mailing, mailingDigest, messageKey } from '../../../src/delivery/email/compose.js'
import type { Mailbox } from '../../../src/delivery/email/mailbox.js'
import type { Clock, PlannedMessage } from '../../../src/delivery/email/send.js'
import type { DkimKey, SmtpSettings } from '../../../src/delivery/email/settings.js'

export const realClock: Clock = { now: () => performance.now(), wait: (milliseconds) => wait(milliseconds) }

export const smallMailing: Mailing = {
  content: { subject: 'Note', text: 'Short.\n', html: '<p>Short.</p>', lang: 'en', attachments: [], pictures: [] },
  from: { name: 'Office', address: 'office@example.org' },
  listUnsubscribe: [],
  oneClick: false,
  date: '2026-05-03T08:00:00Z',
}

export const recipientsOf = (count: number): readonly Mailbox[] =>
  Array.from({ length: count }, (_, index) => ({ name: `Reader ${index}`, address: `reader${index}@example.org` }))

export function planned(mailing: Mailing, recipients: readonly Mailbox[], dkim?: DkimKey): readonly PlannedMessage[] {
  const digest = mailingDigest(mailing)
  return recipients.map((to, index) => ({
    key: messageKey(digest, to),
    to,
    compose: () => composeMessage(mailing, to, { digest, index, ...(dkim ? { dkim } : {}) }),
  }))
}

export const plainSmtp = (port: number): SmtpSettings => ({ host: '127.0.0.1', port, tls: 'none', timeout: 20 })
