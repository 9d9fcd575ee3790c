/** A scheduler of CUPS of our own on a socket in a temporary folder, with the queue of Debian's cups-pdf behind it. Needs root, since queues run as others. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { briefpress, hasTool, output, projectFolder, temporaryFolder } from '../../tools.js'
import { numberedPages } from './sheets.js'

const driver = '/usr/share/ppd/cups-pdf/CUPS-PDF_opt.ppd'
process.env.PATH = `${process.env.PATH ?? ''}:/usr/sbin`
const canRun = process.getuid?.() === 0 && ['cupsd', 'lp', 'lpadmin', 'pdftoppm'].every(hasTool) && existsSync(driver)

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))

async function until<T>(what: string, find: () => T | null): Promise<T> {
  for (let tries = 0; tries < 300; tries++) {
    const found = find()
    if (found !== null) return found
    await pause(100)
  }
  throw new Error(`waited in vain for ${what}`)
}

/** Where Debian's cups-pdf puts what it prints. */
function paperTray(): string {
  const out = /^Out (.*)$/m.exec(readFileSync('/etc/cups/cups-pdf.conf', 'utf8'))?.[1] ?? ''
  return out.replace(/\$\{HOME\}/, userInfo().homedir).replace(/\$\{USER\}/, userInfo().username)
}

/** Which halves of a side have ink on them: what went through PostScript keeps no text. The queue turns what lies crosswise to the left. */
function inkedHalves(file: string, side: number): string {
  const inked = (y: number): boolean => {
    const place = ['-f', `${side}`, '-l', `${side}`, '-r', '36', '-x', '0', '-y', `${y}`, '-W', '297', '-H', '210', '-gray']
    const picture = execFileSync('pdftoppm', [...place, file], { stdio: ['ignore', 'pipe', 'ignore'] })
    return picture.subarray(-210 * 297).some((sample) => sample < 128)
  }
  return [...(inked(211) ? ['left'] : []), ...(inked(0) ? ['right'] : [])].join(' ')
}

describe.skipIf(!canRun)('briefpress print with CUPS', () => {
  const folder = temporaryFolder()
  const place = (name: string): string => join(folder, name)
  // A name of its own, since the queue writes into the home of who prints.
  const file = place(`${basename(folder)}.pdf`)
  let scheduler: ChildProcess

  beforeAll(async () => {
    renameSync(numberedPages(folder, 6), file)
    chmodSync(folder, 0o755)
    for (const name of ['conf', 'spool', 'cache', 'run', 'keys', 'tmp', 'log']) mkdirSync(place(name))
    chmodSync(place('tmp'), 0o1777)
    const settings = {
      ServerRoot: place('conf'),
      RequestRoot: place('spool'),
      CacheDir: place('cache'),
      StateDir: place('run'),
      TempDir: place('tmp'),
      ServerKeychain: place('keys'),
      ErrorLog: place('log/error'),
      AccessLog: place('log/access'),
      PageLog: place('log/page'),
      User: 'nobody',
      Group: 'nogroup',
      SystemGroup: 'root',
    }
    const lines = Object.entries(settings).map(([key, value]) => `${key} ${value}\n`)
    writeFileSync(place('conf/cups-files.conf'), lines.join(''))
    const access =
      '<Location />\nOrder allow,deny\nAllow all\n</Location>\n<Policy default>\n<Limit All>\nOrder deny,allow\n</Limit>\n</Policy>\n'
    writeFileSync(place('conf/cupsd.conf'), `Listen ${place('socket')}\nBrowsing Off\n${access}`)
    process.env.CUPS_SERVER = place('socket')
    scheduler = spawn('cupsd', ['-f', '-c', place('conf/cupsd.conf'), '-s', place('conf/cups-files.conf')], { stdio: 'ignore' })
    await until('the scheduler', () => (existsSync(place('socket')) ? true : null))
    output('lpadmin', ['-p', 'Paper', '-E', '-v', 'cups-pdf:/', '-P', driver])
  }, 60_000)

  afterAll(() => {
    scheduler.kill()
    delete process.env.CUPS_SERVER
  })

  test('a booklet comes out of the queue side by side', async () => {
    const run = briefpress(['print', file, '--booklet', '-d', 'Paper', '--paper', 'a4'])
    expect([run.code, run.err]).toEqual([0, ''])
    expect(run.out).toMatch(/6 pages on 4 sides of 297 × 210 mm {2}job Paper-1/)
    const tray = paperTray()
    const printed = await until('paper', () => {
      const name = existsSync(tray) ? readdirSync(tray).find((entry) => entry.includes(basename(folder))) : undefined
      return name && /%%EOF\s*$/.test(readFileSync(join(tray, name), 'latin1')) ? join(tray, name) : null
    })
    const sides = [1, 2, 3, 4].map((side) => inkedHalves(printed, side))
    expect(output('pdfinfo', [printed])).toMatch(/Pages:\s+4\n[\s\S]*Page size:\s+595 x 842 pts/)
    rmSync(printed)
    expect(sides).toEqual(['right', 'left', 'left right', 'left right'])
  }, 60_000)

  test('a queue that is not there, one that is stopped, one that refuses', () => {
    const nowhere = briefpress(['print', file, '-d', 'Nowhere'])
    expect([nowhere.code, nowhere.err]).toEqual([1, expect.stringMatching(/queue "Nowhere" did not take the job: .*does not exist/)])
    output('cupsdisable', ['-r', 'no toner', 'Paper'])
    const both = ['-c', 'exec "$0" "$@" 2>&1', process.execPath, join(projectFolder, 'dist', 'cli.js')]
    const stopped = output('sh', [...both, 'print', file, '-d', 'Paper'])
    expect(stopped).toMatch(/queue "Paper" is stopped, so Paper-\d waits: no toner[\s\S]*cupsenable Paper[\s\S]*job Paper-\d/)
    output('cupsreject', ['-r', 'closed', 'Paper'])
    const closed = briefpress(['print', file, '-d', 'Paper'])
    expect([closed.code, closed.err]).toEqual([1, expect.stringMatching(/not accepting jobs[\s\S]*cupsaccept/)])
  }, 30_000)
})
