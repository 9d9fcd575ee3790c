/**
 * Options that `build` and `pdf` share: standards, attachments, protection, printing. In: arguments and the environment. Out: PdfOptions. A password is
 * never an argument, which other users of the machine could see, and never printed.
 */
import type { Argv } from 'yargs'
import { points } from '../delivery/printing/paper.js'
import { type Permission, type Protection, permissionNames } from '../pdf/encryption-names.js'
import { type PdfOptions, printerMarks } from '../pdf/settings.js'
import { pdfStandards, resolveStandards } from '../pdf/standards.js'
import { duplexModes, type ViewerOptions } from '../pdf/viewer-preferences.js'
import { readText } from '../project/engine.js'
import { UsageError } from './output.js'

export interface PdfOptionArguments {
  pdfStandard?: string[]
  attachments?: boolean
  attach?: string[]
  userPasswordFile?: string
  ownerPasswordFile?: string
  allow?: string
  duplex?: (typeof duplexModes)[number]
  'print-copies'?: number
  grayscale?: boolean
  marks?: string
  bleed?: string
}

/** Adds the options to a command. */
export function withPdfOptions<T>(yargs: Argv<T>): Argv<T> {
  return yargs
    .option('pdf-standard', { type: 'string', array: true, nargs: 1, describe: `Of ${pdfStandards.join(', ')}; default ua-1,a-3a` })
    .option('attachments', { type: 'boolean', describe: 'Attach the source and metadata (--no-attachments: nothing)' })
    .option('attach', { type: 'string', array: true, nargs: 1, describe: 'A data file to attach' })
    .option('user-password-file', { type: 'string', describe: 'A file with the password that opens the PDF' })
    .option('owner-password-file', { type: 'string', describe: 'A file with the password that lifts all limits' })
    .option('allow', { type: 'string', describe: `What is allowed without it, of ${permissionNames.join(', ')}; default print` })
    .option('duplex', {
      type: 'string',
      choices: duplexModes,
      coerce: (mode?: string) => (mode === '' ? 'long-edge' : mode),
      describe: 'Print on both sides: readers are told, and chapters of reports start on the right',
    })
    .option('grayscale', { type: 'boolean', describe: 'Paint everything in shades of grey' })
    .option('marks', { type: 'string', describe: `Marks for who cuts the paper, of ${printerMarks.join(', ')}` })
    .option('bleed', { type: 'string', describe: 'How far backgrounds reach beyond the cut, such as 3mm' })
    .option('print-copies', { type: 'number', describe: 'How many copies readers should print, 1 to 5' }) as never
}

/** Throws a UsageError for what cannot be. */
export function pdfOptions(args: PdfOptionArguments): PdfOptions {
  const standards = args.pdfStandard?.flatMap((names) => names.split(',')).filter((name) => name.trim() !== '')
  const resolved = resolveStandards(standards ?? [])
  if ('problem' in resolved) throw new UsageError(`${resolved.problem.message} ${resolved.problem.hint}`)
  const protection = protectionOf(args)
  return {
    ...(standards === undefined ? {} : { standards }),
    ...(args.attachments === undefined ? {} : { attachments: args.attachments }),
    ...(args.attach === undefined ? {} : { attach: args.attach }),
    ...(protection ? { protection } : {}),
    viewer: viewerOf(args),
    ...pressOptions(args),
  }
}

function pressOptions({ grayscale, marks, bleed }: PdfOptionArguments): Pick<PdfOptions, 'grayscale' | 'marks' | 'bleed'> {
  const names = marks?.split(',').map((name) => name.trim())
  const unknown = names?.find((name) => !printerMarks.some((mark) => mark === name))
  if (unknown !== undefined) throw new UsageError(`there are no marks "${unknown}"; known are ${printerMarks.join(', ')}`)
  if (bleed !== undefined && points(bleed) === null) throw new UsageError(`--bleed takes a length such as 3mm, and not "${bleed}"`)
  return {
    ...(grayscale ? { grayscale } : {}),
    ...(names ? { marks: printerMarks.filter((mark) => names.includes(mark)) } : {}),
    ...(bleed === undefined ? {} : { bleed }),
  }
}

function viewerOf({ duplex, 'print-copies': copies }: PdfOptionArguments): ViewerOptions {
  if (copies !== undefined && !(Number.isInteger(copies) && copies >= 1 && copies <= 5))
    throw new UsageError('--print-copies takes a whole number from 1 to 5')
  return { ...(duplex ? { duplex } : {}), ...(copies === undefined ? {} : { copies }) }
}

function protectionOf({ userPasswordFile, ownerPasswordFile, allow }: PdfOptionArguments): Protection | undefined {
  const userPassword = passwordFrom(userPasswordFile, 'BRIEFPRESS_USER_PASSWORD')
  const ownerPassword = passwordFrom(ownerPasswordFile, 'BRIEFPRESS_OWNER_PASSWORD')
  if (!userPassword && !ownerPassword) {
    if (allow !== undefined) throw new UsageError('--allow needs a password: see --owner-password-file')
    return undefined
  }
  const permissions = permissionsOf(allow)
  return { permissions, ...(userPassword ? { userPassword } : {}), ...(ownerPassword ? { ownerPassword } : {}) }
}

function permissionsOf(allow: string | undefined): readonly Permission[] {
  if (allow === undefined) return ['print']
  const names = allow.split(',').flatMap((name) => (name.trim() === '' ? [] : [name.trim()]))
  const unknown = names.find((name) => !permissionNames.some((permission) => permission === name))
  if (unknown !== undefined) throw new UsageError(`there is no permission "${unknown}"; known are ${permissionNames.join(', ')}`)
  return permissionNames.filter((permission) => names.includes(permission))
}

/** The first line of a file, else the variable of the environment; empty where there is neither. */
export function passwordFrom(file: string | undefined, variable: string): string {
  if (file === undefined) return process.env[variable] ?? ''
  const text = readText(file)
  if (text === null) throw new UsageError(`the password file ${file} cannot be read`)
  const password = text.split(/\r?\n/, 1)[0] ?? ''
  if (password === '') throw new UsageError(`the password file ${file} is empty`)
  return password
}
