/** SVG drawn by us and by a browser, side by side: where both are at hand, no shape, paint, clip or mask may look otherwise. */
import { join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { renderPdf } from '../../../src/project/render-pdf.js'
import { difference, drawnPage, pixelsOf } from '../../pictures.js'
import { hasTool, temporaryFolder } from '../../tools.js'

const gradients = `<linearGradient id="blue" x2="0" y2="1"><stop stop-color="#4f9dde"/><stop offset="1" stop-color="#123f6d"/></linearGradient>
<linearGradient id="fade" href="#blue"><stop offset="0" stop-color="#ffb000"/><stop offset="1" stop-color="#c03000" stop-opacity=".2"/></linearGradient>
<radialGradient id="focus" fx="30%" fy="30%"><stop stop-color="white"/><stop offset="1" stop-color="teal"/></radialGradient>
<radialGradient id="rings" r="12%" spreadMethod="repeat"><stop stop-color="gold"/><stop offset="1" stop-color="navy"/></radialGradient>
<linearGradient id="waves" spreadMethod="reflect" x2="25%" gradientTransform="rotate(20)"><stop stop-color="red"/><stop offset="1" stop-color="blue"/></linearGradient>
<linearGradient id="user" gradientUnits="userSpaceOnUse" x1="20" x2="180"><stop stop-color="#e33"/><stop offset=".5" stop-color="#3c3"/><stop offset="1" stop-color="#33e"/></linearGradient>`
const star = 'M50 5L79 95L3 39H97L21 95z'

const pictures: Readonly<Record<string, string>> = {
  'gradients on fills': `${gradients}<rect width="90" height="90" fill="url(#blue)"/><rect x="100" width="90" height="90" rx="20" fill="url(#fade)"/>
    <circle cx="45" cy="145" r="44" fill="url(#focus)"/><rect x="100" y="100" width="90" height="90" fill="url(#rings)"/><path d="M10 195H190" stroke="url(#user)" stroke-width="8"/>`,
  'gradients on strokes': `${gradients}<g fill="none" stroke-width="16"><circle cx="50" cy="50" r="40" stroke="url(#waves)"/><rect x="110" y="10" width="80" height="80" stroke="url(#fade)"/>
    <path d="M10 120C60 100 120 200 190 120" stroke="url(#user)"/></g>`,
  markers: `<defs><marker id="arrow" viewBox="0 0 10 10" refX="5" refY="5" markerWidth="5" markerHeight="5" orient="auto-start-reverse"><path d="M0 0L10 5L0 10z" fill="context-stroke"/></marker>
    <marker id="dot" markerWidth="4" markerHeight="4" refX="2" refY="2"><circle cx="2" cy="2" r="2" fill="teal"/></marker>
    <marker id="tick" markerUnits="userSpaceOnUse" markerWidth="20" markerHeight="20" refX="10" refY="10" orient="45"><path d="M10 0V20" stroke="black" stroke-width="3"/></marker></defs>
    <g fill="none" stroke="crimson" stroke-width="4" marker-start="url(#arrow)" marker-mid="url(#dot)" marker-end="url(#arrow)"><path d="M20 20H100V80C100 120 180 120 180 60"/><polyline points="20,180 60,120 100,180 140,130" marker-mid="url(#tick)"/></g>
    <path d="M150 140h40v40z" fill="none" stroke="navy" marker-start="url(#arrow)" marker-mid="url(#arrow)" stroke-width="3"/>`,
  clips: `<clipPath id="two"><circle cx="50" cy="50" r="45"/><rect x="60" y="30" width="60" height="40"/></clipPath><clipPath id="odd"><path clip-rule="evenodd" d="${star}"/></clipPath>
    <clipPath id="object" clipPathUnits="objectBoundingBox"><circle cx=".5" cy=".5" r=".5"/></clipPath><clipPath id="inner"><circle cx="45" cy="45" r="40"/></clipPath><clipPath id="both" clip-path="url(#inner)"><rect width="45" height="90"/></clipPath>
    <rect width="130" height="100" fill="teal" clip-path="url(#two)"/><g transform="translate(0 100)"><rect width="100" height="100" fill="purple" clip-path="url(#odd)"/></g>
    <rect x="140" y="10" width="50" height="80" fill="orange" clip-path="url(#object)"/><g transform="translate(110 105)"><rect width="90" height="90" fill="navy" clip-path="url(#both)"/></g>`,
  masks: `${gradients}<linearGradient id="light"><stop stop-color="white"/><stop offset="1" stop-color="black"/></linearGradient><mask id="lum"><rect width="200" height="200" fill="url(#light)"/></mask>
    <mask id="alpha" mask-type="alpha"><circle cx="50" cy="150" r="45" fill-opacity=".4"/><circle cx="50" cy="150" r="20"/></mask><mask id="object" maskContentUnits="objectBoundingBox"><ellipse cx=".5" cy=".5" rx=".5" ry=".35" fill="white"/></mask>
    <g mask="url(#lum)"><rect y="10" width="200" height="60"/><rect x="20" y="30" width="160" height="20" fill="red"/></g><rect y="100" width="100" height="100" fill="green" mask="url(#alpha)"/><rect x="110" y="110" width="80" height="80" fill="brown" mask="url(#object)"/>`,
  patterns: `<pattern id="hatch" width="12" height="12" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="12" height="12" fill="#dde"/><rect width="6" height="12" fill="#447"/></pattern>
    <pattern id="dots" width=".25" height=".25" viewBox="0 0 10 10"><circle cx="5" cy="5" r="4" fill="#c60"/></pattern><pattern id="checks" width=".5" height=".5" patternContentUnits="objectBoundingBox"><rect width=".25" height=".25"/><rect x=".25" y=".25" width=".25" height=".25"/></pattern>
    <path d="M10 10H110L90 90H10z" fill="url(#hatch)"/><rect x="115" y="10" width="80" height="80" fill="url(#dots)" stroke="black"/><rect x="10" y="110" width="80" height="80" fill="url(#checks)"/><circle cx="150" cy="150" r="35" fill="none" stroke="url(#hatch)" stroke-width="20"/>`,
  'groups and opacity': `<g opacity=".5"><circle cx="60" cy="60" r="50" fill="red"/><circle cx="120" cy="60" r="50" fill="blue"/></g><rect x="20" y="130" width="70" height="50" fill="gold" stroke="black" stroke-width="14" opacity=".5"/>
    <rect x="110" y="130" width="70" height="50" fill="gold" stroke="black" stroke-width="14" fill-opacity=".3" stroke-opacity=".7"/>`,
  'uses and viewports': `<defs><g id="leaf"><path d="M0 0C20 -20 40 -20 50 0C40 20 20 20 0 0" fill="currentColor"/></g></defs><symbol id="sign" viewBox="0 0 10 10"><rect width="10" height="10" fill="teal"/><circle cx="5" cy="5" r="4" fill="white"/></symbol>
    <use href="#leaf" x="20" y="40" color="green"/><use href="#leaf" transform="translate(130 40) rotate(60) scale(.8)" color="olive"/><use href="#sign" x="10" y="110" width="80" height="80"/>
    <svg x="110" y="110" width="80" height="60" viewBox="0 0 20 20" preserveAspectRatio="xMaxYMid slice"><circle cx="10" cy="10" r="9" fill="orchid" stroke="black"/></svg><use href="#leaf" x="120" y="185"/>`,
  'strokes and rules': `<path d="${star}" fill="navy" fill-rule="evenodd"/><g fill="none" stroke="black" stroke-width="10"><path d="M110 80L140 20L170 80" stroke-linejoin="round" stroke-linecap="round"/><path d="M20 180L50 120L80 180" stroke-linejoin="bevel" stroke-linecap="square"/>
    <path d="M105 120H195" stroke-dasharray="20 8 4" stroke-dashoffset="-6"/><path d="M110 180l30 -40l10 40" stroke-miterlimit="2"/></g><rect x="150" y="140" width="40" height="40" fill="gold" stroke="red" stroke-width="12" paint-order="stroke"/>`,
  'styles and units': `<style>@media print, screen { rect.a { fill: var(--c, red) } } svg > g:nth-of-type(2) rect { fill: teal !important } .b { transform: translate(50%, 10px) rotate(.125turn); transform-box: fill-box; transform-origin: center }</style>
    <g style="--c: seagreen"><rect class="a" x="2mm" y="3mm" width="2cm" height="25%" fill="pink"/></g><g><rect x="100" y="10" width="30pt" height="4em" style="fill: pink"/></g><rect class="b" x="60" y="110" width="60" height="60" fill="slateblue"/>`,
}

/** Shares of pixels that may differ: where edges are smoothed, and where tiles meet at an angle. */
const edges = 0.006
const seams = 0.02

const svg = (content: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="200" height="200" viewBox="0 0 200 200">${content}</svg>`
const dataUrl = (text: string): string => `data:image/svg+xml,${encodeURIComponent(text)}`
const document = (body: string, css = ''): string =>
  `<!doctype html><html lang="en"><title>Test</title><style>@page { size: 220px 220px; margin: 0 } body { margin: 10px } svg, img { display: block } ${css}</style>${body}</html>`

describe.skipIf(!hasTool('chromium') || !hasTool('pdftoppm'))('SVG beside a browser', () => {
  const folder = temporaryFolder()
  let browser: Browser
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
  })
  afterAll(async () => {
    await browser?.close()
  })

  async function differs(html: string): Promise<{ share: number; codes: string[] }> {
    const page = await browser.newPage({ viewport: { width: 220, height: 220 } })
    await page.setContent(html)
    const shot = await pixelsOf(await page.screenshot())
    await page.close()
    const { pdf, diagnostics } = await renderPdf(html, { file: join(folder, 'test.html') })
    return {
      share: difference(await drawnPage(pdf), shot),
      codes: diagnostics.filter(({ severity, code }) => severity !== 'info' && !code.startsWith('missing')).map(({ code }) => code),
    }
  }

  test.each(Object.entries(pictures))('%s, as an element of the document', async (name, content) => {
    const { share, codes } = await differs(document(svg(content)))
    expect(codes).toEqual([])
    expect(share).toBeLessThan(name === 'patterns' ? seams : edges)
  })

  test.each(['gradients on fills', 'masks', 'styles and units'])('%s, as a picture of an address', async (name) => {
    const { share } = await differs(document(`<img alt="x" src="${dataUrl(svg(pictures[name] as string))}">`))
    expect(share).toBeLessThan(edges)
  })

  test('backgrounds take pictures of each missing size', async () => {
    const shape = '<rect width="100%" height="50%" fill="teal"/><rect y="50%" width="50%" height="50%" fill="orange"/>'
    const sizes = ['width="20"', 'height="30"', 'viewBox="0 0 30 10"', 'width="20" viewBox="0 0 10 20"', '', 'width="50%" height="10"']
    const boxes = sizes.flatMap((size) => ['auto', '24px auto', 'contain'].map((how) => [size, how] as const))
    const body = boxes.map(([size, how]) => {
      const url = dataUrl(`<svg xmlns="http://www.w3.org/2000/svg" ${size}>${shape}</svg>`)
      return `<div style="background: no-repeat url('${url.replaceAll("'", '%27')}') 0 0 / ${how}"></div>`
    })
    const { share } = await differs(
      document(body.join(''), 'div { float: left; width: 26px; height: 50px; border: 2px solid; margin: 1px }'),
    )
    expect(share).toBeLessThan(edges)
  })

  test('the comparison tells a missing shape', async () => {
    const page = await browser.newPage({ viewport: { width: 220, height: 220 } })
    await page.setContent(document(svg('<circle cx="100" cy="100" r="20"/>')))
    const shot = await pixelsOf(await page.screenshot())
    const { pdf } = await renderPdf(document(svg('')), { file: join(folder, 'test.html') })
    expect(difference(await drawnPage(pdf), shot)).toBeGreaterThan(0.02)
  })
})
