/** What elements look like before any style sheet, beside a browser's computed styles for print. */
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ComputedStyle } from '../../src/css/computed-style.js'
import { hasTool } from '../tools.js'
import { styled } from './helpers.js'

const page = `<!doctype html><html lang=en><body text=#112233 bgcolor=ffeedd marginheight=3 leftmargin=4><main>
<h1>a</h1><h2>a</h2><h3>a</h3><h4>a</h4><h5>a</h5><h6>a</h6><section><h1>in</h1></section>
<p>a<b>a</b><strong>a</strong><i>a</i><em>a</em><cite>a</cite><dfn>a</dfn><var>a</var><code>a</code><kbd>a</kbd><samp>a</samp><tt>a</tt>
<small>a</small><big>a</big><sub>a</sub><sup>a</sup><mark>a</mark><s>a</s><del>a</del><ins>a</ins><u>a</u><strike>a</strike><abbr title=x>a</abbr><abbr>b</abbr>
<a href="#x">a</a><a>b</a><nobr>a</nobr><bdo dir=rtl>a</bdo><bdi>a</bdi><span dir=auto>אב</span><span dir=rtl>x</span><q>a</q><time>a</time><data>a</data><output>a</output></p>
<p align=center>a</p><div align=right>a</div><h2 align=justify>a</h2><center>a</center><address>a</address><blockquote>a</blockquote>
<figure><figcaption>a</figcaption></figure><pre>a</pre><pre wrap>a</pre><listing>a</listing><xmp>a</xmp>
<dl><dt>a<dd>b<dl><dd>c</dl></dl><ul><li>a<ul><li>b<ul><li>c</ul></ul><ol><li>d</ol></ul><ol type=A start=3><li value=7>a<li type=i>b<ul><li>c</ul></ol><ol reversed><li>a</ol>
<menu><li>a</menu><dir><li>a<dl><dt>x</dl></dir><ul type=square><li>a<li type=circle>b</ul>
<hr><hr noshade size=6 width=50% align=left><hr color=red><hr size=1 align=right><hr size=9 align=center width=100>
<font color=red size=7 face=serif>a</font><font size=+1 color=0f0>a</font><font size=-3>a</font><font size=12 color="#abcdef">a</font>
<table border=3 cellpadding=5 cellspacing=4 width=50% bgcolor=yellow align=center><caption align=bottom>c<colgroup><col width=40><thead align=center><tr><th>a<th align=left nowrap><tbody valign=top><tr height=30 bgcolor=red><td width=20% height=40 valign=bottom align=right>a<td>b<tfoot><tr><td>a<td>b</table>
<table><tr><th>a<td>b</table><table rules=rows frame=above><tr><td>a</table><table rules=all border=0><tr><td>a</table><table rules=cols><tr><td>b</table><table align=right><tr><td>c</table><table bordercolor=green border><tr><td>d</table>
<img src="data:," width=30 height=20 hspace=3 vspace=4 border=2 align=left><img src="data:," align=middle width=50%><img src="data:," align=top>
<fieldset><legend>a</legend></fieldset><details open><summary>a</summary>b</details><article>a</article><aside>a</aside><nav>a</nav><header>a</header><footer>a</footer><hgroup>a</hgroup><search>a</search>
<noframes>a</noframes><datalist><option>a</datalist><template>a</template><p hidden>a</p><span hidden>b</span><dialog>a</dialog><style>x{}</style><area>
<div><li>stray</div><bdi>עברית</bdi><p dir=auto>עברית</p><p dir=ltr>a</p><br clear=all><br><ruby>a</ruby></main></html>`

type Reader = (style: ComputedStyle) => string
const px = (value: unknown): string => (typeof value === 'number' ? `${Math.round(value * 100) / 100}px` : String(value))
const rgb = ({ red, green, blue, alpha }: ComputedStyle['color']): string =>
  alpha === 0 ? 'rgba(0, 0, 0, 0)' : `rgb(${[red, green, blue].map((part) => Math.round(part * 255)).join(', ')})`
const readers: Readonly<Record<string, Reader>> = {
  display: (style) => style.display,
  'margin-top': (style) => px(style.marginTop),
  'margin-bottom': (style) => px(style.marginBottom),
  'margin-left': (style) => px(style.marginLeft),
  'padding-left': (style) => px(style.paddingLeft),
  'padding-top': (style) => px(style.paddingTop),
  'border-top-width': (style) => px(style.borderTopWidth),
  'border-left-width': (style) => px(style.borderLeftWidth),
  'border-top-style': (style) => style.borderTopStyle,
  'border-left-style': (style) => style.borderLeftStyle,
  'border-collapse': (style) => style.borderCollapse,
  'font-size': (style) => px(style.fontSize),
  'font-weight': (style) => String(style.fontWeight),
  'font-style': (style) => style.fontStyle,
  'text-align': (style) => style.textAlign,
  'vertical-align': (style) => String(style.verticalAlign),
  'list-style-type': (style) => String(style.listStyleType),
  'list-style-position': (style) => style.listStylePosition,
  'white-space-collapse': (style) => style.whiteSpaceCollapse,
  'text-wrap-mode': (style) => (style.textWrap === 'nowrap' ? 'nowrap' : 'wrap'),
  direction: (style) => style.direction,
  color: (style) => rgb(style.color),
  'background-color': (style) => rgb(style.backgroundColor),
  'caption-side': (style) => style.captionSide,
  float: (style) => style.float,
  clear: (style) => style.clear,
}

/** Where we mean to differ: what paper shows and a screen folds away, centring by margins, baselines that browsers alone name. */
const meant: readonly RegExp[] = [
  // match-parent computes to a side (CSS Text 3, section 6.1); browsers keep the parent's word, which comes to the same.
  /^(?:li|ul|ol|dl|dt|dd)\d* text-align: left, not start/,
  /^(?:center|table|tr|thead|tbody|tfoot|caption|p|div|h1|td|th)\d* (?:text-align|margin-left)/,
  /^(?:template|area|noframes|datalist|style)\d* /,
  /^ruby\d* display/,
  /^img\d* vertical-align/,
  // Browsers set monospaced text smaller than what stands around it; the standard does not say so.
  /^(?:code|kbd|samp|tt|pre|listing|xmp)\d* (?:font-size|margin-(?:top|bottom))/,
  // The standard's rules for size, noshade, rules and frame give the same lines by other properties.
  /^hr\d* (?:border-(?:top|left)-width|color|background-color)/,
  /^table\d* border-top-style: outset, not solid/,
  /^(?:tr|td)\d* border-top-(?:style|width): (?:1px|0px|solid|none), not (?:1px|0px|solid|none)/,
]

describe.skipIf(!hasTool('chromium'))('the user agent style sheet beside a browser', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
  })
  afterAll(async () => {
    await browser?.close()
  })

  test('has the same values', async () => {
    const tab = await browser.newPage({ viewport: { width: 800, height: 600 } })
    await tab.emulateMedia({ media: 'print' })
    await tab.setContent(page)
    const script = `(() => { const names = ${JSON.stringify(Object.keys(readers))}
      return [...document.querySelectorAll('body, main *')].filter((e) => !e.closest('dialog, datalist, template')).map((element, index) => { const style = getComputedStyle(element)
        const had = element.style.display; element.id = 'e' + index
        const margins = element.computedStyleMap()
        return { id: element.id, name: element.localName, values: Object.fromEntries(names.map((name) => [name, name.startsWith('margin') ? String(margins.get(name)) : style.getPropertyValue(name)])) } }) })()`
    const theirs = (await tab.evaluate(script)) as { id: string; name: string; values: Record<string, string> }[]
    const html = (await tab.evaluate('document.documentElement.outerHTML')) as string
    await tab.close()
    const { style } = styled(`<!doctype html>${html}`)
    const differences: string[] = []
    for (const { id, name, values } of theirs)
      for (const [property, read] of Object.entries(readers)) {
        const own = read(style(id))
        const other = (values[property] ?? '')
          .replace(/^(-?[\d.]+)px$/, (_, number) => px(Number(number)))
          .replace(/^-webkit-(?:match-parent|center|left|right)$/, own)
        const line = `${name}${id.slice(1)} ${property}: ${own}, not ${other}`
        if (own !== other && values.display !== 'none' && !meant.some((pattern) => pattern.test(line))) differences.push(line)
      }
    expect(theirs.length).toBeGreaterThan(150)
    expect(differences).toEqual([])
  })
})
