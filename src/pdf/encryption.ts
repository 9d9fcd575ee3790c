/**
 * Protection by password (ISO 32000-2, section 7.6: the standard security handler, revision 6, AES-256). In: passwords, permissions and what makes
 * the file its own. Out: the encryption dictionary, and a function that encrypts streams. There is no random number in it: what
 * must not be guessed comes from the passwords through scrypt, so that the same input gives the same bytes.
 */
import { createCipheriv, createHash, createHmac, scryptSync } from 'node:crypto'
import type { Permission, Protection } from './encryption-names.js'
import { hexString } from './syntax.js'

export interface Encryption {
  /** The encryption dictionary. */
  readonly dictionary: string
  /** Encrypts the stream of an object. */
  encrypt(id: number, data: Uint8Array): Uint8Array
}

const bits: Readonly<Record<Permission, number>> = {
  print: 0x804,
  'print-low': 0x4,
  modify: 0x8,
  copy: 0x10,
  annotate: 0x20,
  'fill-forms': 0x100,
  assemble: 0x400,
}

/** Bits 7, 8 and 13 to 32 are 1, bits 1 and 2 are 0; bit 10, reading aloud, is always set. */
export function permissionBits(permissions: readonly Permission[]): number {
  return permissions.reduce((sum, name) => sum | bits[name], 0xfffff2c0 | 0) | 0
}

/** `seed`: bytes that differ from file to file. Takes about 100 ms: guessing passwords is to be slow. */
export function createEncryption(protection: Protection, seed: Uint8Array): Encryption {
  const user = passwordBytes(protection.userPassword ?? '')
  const owner = passwordBytes(protection.ownerPassword || (protection.userPassword ?? ''))
  const secret = Buffer.concat([lengthOf(user), user, lengthOf(owner), owner])
  const key = scryptSync(secret, seed, 32, { N: 1 << 15, r: 8, p: 1, maxmem: 1 << 26 })
  const salt = (label: string): Buffer => createHmac('sha256', seed).update(label).digest().subarray(0, 8)
  const userHash = Buffer.concat([passwordHash(user, salt('user')), salt('user'), salt('user key')])
  const userKey = encryptKey(passwordHash(user, salt('user key')), key)
  const ownerHash = Buffer.concat([passwordHash(owner, salt('owner'), userHash), salt('owner'), salt('owner key')])
  const ownerKey = encryptKey(passwordHash(owner, salt('owner key'), userHash), key)
  const permissions = permissionBits(protection.permissions)
  const entries = [
    `/O${hexString(ownerHash)}/U${hexString(userHash)}/OE${hexString(ownerKey)}/UE${hexString(userKey)}`,
    `/P ${permissions}/Perms${hexString(encryptPermissions(permissions, key, salt('permissions')))}`,
  ]
  return {
    dictionary: `<</Filter/Standard/V 5/R 6/Length 256/CF<</StdCF<</AuthEvent/DocOpen/CFM/AESV3/Length 32>>>>/StmF/StdCF/StrF/StdCF${entries.join('')}>>`,
    encrypt(id, data) {
      const vector = createHmac('sha256', key).update(`${id} `).update(data).digest().subarray(0, 16)
      const cipher = createCipheriv('aes-256-cbc', key, vector)
      return Buffer.concat([vector, cipher.update(data), cipher.final()])
    },
  }
}

/** SASLprep (RFC 4013) as far as typed passwords go: spaces of all kinds, characters without width, compatibility forms; 127 bytes of UTF-8. */
function passwordBytes(password: string): Buffer {
  const prepared = password
    .replace(/[\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000]/g, ' ')
    .replace(/\u00ad|\u1806|\u200c|\u200d|\u2060|\ufeff|[\ufe00-\ufe0f]/g, '')
    .normalize('NFKC')
  return Buffer.from(prepared, 'utf8').subarray(0, 127)
}

const lengthOf = (bytes: Uint8Array): Buffer => Buffer.from([bytes.length])

/** Algorithm 2.B: at least 64 rounds, until the last byte of a round is small enough. */
function passwordHash(password: Uint8Array, salt: Uint8Array, user: Uint8Array = new Uint8Array()): Buffer {
  let hash = createHash('sha256').update(password).update(salt).update(user).digest()
  let last = 0
  for (let round = 0; round < 64 || last > round - 32; round++) {
    const block = Buffer.concat([password, hash, user])
    const cipher = createCipheriv('aes-128-cbc', hash.subarray(0, 16), hash.subarray(16, 32)).setAutoPadding(false)
    const encrypted = cipher.update(Buffer.concat(Array.from({ length: 64 }, () => block)))
    const remainder = encrypted.subarray(0, 16).reduce((sum, byte) => sum + byte, 0) % 3
    hash = createHash(['sha256', 'sha384', 'sha512'][remainder] ?? 'sha256')
      .update(encrypted)
      .digest()
    last = encrypted.at(-1) ?? 0
  }
  return hash.subarray(0, 32)
}

const encryptKey = (by: Uint8Array, key: Uint8Array): Buffer =>
  createCipheriv('aes-256-cbc', by, new Uint8Array(16)).setAutoPadding(false).update(key)

/** Algorithm 10. */
function encryptPermissions(permissions: number, key: Uint8Array, filling: Uint8Array): Buffer {
  const block = Buffer.alloc(16, 0xff)
  block.writeInt32LE(permissions)
  block.write('Tadb', 8, 'latin1')
  block.set(filling.subarray(0, 4), 12)
  return createCipheriv('aes-256-ecb', key, null).setAutoPadding(false).update(block)
}
