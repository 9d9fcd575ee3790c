/**
 * A dry run. In: a mailing and its recipients. Out: a file of each message (RFC 5322), to be opened in any mail program.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { PlannedMessage } from './send.js'

export interface Draft {
  readonly to: PlannedMessage['to']
  /** Absolute. */
  readonly path: string
  readonly bytes: number
}

/** Writes one .eml a message, named by its number in the list and the address. Throws system errors. */
export async function writeDrafts(messages: readonly PlannedMessage[], folder: string): Promise<readonly Draft[]> {
  await mkdir(folder, { recursive: true })
  const digits = String(messages.length).length
  const drafts: Draft[] = []
  for (const [index, message] of messages.entries()) {
    const { bytes } = await message.compose()
    const name = message.to.address.replace(/[^\w@.+-]/g, '_').slice(0, 100)
    const path = join(folder, `${String(index + 1).padStart(digits, '0')}-${name}.eml`)
    await writeFile(path, bytes)
    drafts.push({ to: message.to, path, bytes: bytes.length })
  }
  return drafts
}
