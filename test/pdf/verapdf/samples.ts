/** Small documents, each with one feature that PDF/UA and PDF/A have rules for. In: nothing. Out: HTML bodies with their style sheets. */

export interface Sample {
  readonly name: string
  readonly body: string
  readonly css?: string
  readonly lang?: string
  readonly head?: string
}

const note = '.note { float: footnote }'
const words = 'The ministries agreed to prepare a joint framework for floods and fires along the border this year. '
const svg = (inner: string, attributes = ''): string =>
  `data:image/svg+xml,${encodeURIComponent(`<svg xmlns='http://www.w3.org/2000/svg' width='40' height='40' ${attributes}>${inner}</svg>`)}`
const circle = svg("<circle cx='20' cy='20' r='18' fill='teal'/><text x='4' y='24'>dot</text>")
/** A red and a half transparent blue pixel. */
const png = 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAYAAAD0In+KAAAADklEQVR4nGP4z8AAQg0AD3oDfnfpf5cAAAAASUVORK5CYII='
const small = '@page { size: 300px 240px; margin: 30px; @bottom-center { content: counter(page) } }'

export const samples: readonly Sample[] = [
  { name: 'paragraph', body: '<h1>Title</h1><p>Text with <em>stress</em>, <strong>weight</strong> and <code>code</code>.</p>' },
  { name: 'headings that skip', body: '<h1>One</h1><h3>Three</h3><p>a</p><h6>Six</h6><p>b</p><h2>Two</h2><p>c</p>' },
  { name: 'heading first at level three', body: '<h3>Three</h3><p>a</p><h1>One</h1><p>b</p>' },
  {
    name: 'sections',
    body: '<main><section><h1>A</h1><p>a</p><section><h2>B</h2><p>b</p></section></section><article><h1>C</h1></article></main>',
  },
  { name: 'parts', body: '<section role="doc-part"><h1>Part</h1><section><h2>Chapter</h2><p>a</p></section></section>' },
  { name: 'bare text in blocks', body: 'Bare<div>in a div<div>deeper</div>after</div><section>in a section</section>' },
  {
    name: 'nested lists',
    body: '<ul><li>One<ul><li>Inner<ol type="a"><li>Deep</li></ol></li></ul></li><li><p>Two</p><p>Paragraphs</p></li></ul>',
  },
  { name: 'ordered lists', body: '<ol start="3"><li>Three</li></ol><ol type="i"><li>i</li></ol><ol type="A" reversed><li>A</li></ol>' },
  { name: 'list without labels', body: '<ul><li>One</li><li>Two</li></ul>', css: 'ul { list-style: none }' },
  { name: 'list over pages', body: `<ul>${`<li>${words}</li>`.repeat(12)}</ul>`, css: small },
  { name: 'definitions', body: '<dl><dt>Term</dt><dt>Other</dt><dd>Meaning</dd><dt>Next</dt><dd>One</dd><dd>Two</dd></dl>' },
  {
    name: 'table',
    body: '<table><caption>Sums</caption><thead><tr><th>Year</th><th>Sum</th></tr></thead><tbody><tr><th scope="row">2024</th><td>12</td></tr></tbody><tfoot><tr><td>All</td><td>12</td></tr></tfoot></table>',
  },
  {
    name: 'spans',
    body: '<table><thead><tr><th rowspan="2">Year</th><th colspan="2">Sum</th></tr><tr><th>In</th><th>Out</th></tr></thead><tbody><tr><th rowspan="2">2024</th><td>1</td><td>2</td></tr><tr><td colspan="2">3</td></tr></tbody></table>',
  },
  {
    name: 'headers attribute',
    body: '<table><tr><th id="a">A</th><th id="b">B</th></tr><tr><td headers="a">1</td><td headers="a b">2</td></tr></table>',
  },
  {
    name: 'table over pages',
    body: `<table><thead><tr><th>Head</th><th>Text</th></tr></thead><tbody>${`<tr><td>a</td><td>${words}</td></tr>`.repeat(9)}</tbody></table>`,
    css: small,
  },
  { name: 'table in a cell', body: '<table><tr><th>A</th><td><table><tr><th>B</th><td>b</td></tr></table></td></tr></table>' },
  { name: 'table for layout', body: '<table role="presentation"><tr><td>One</td><td>Two</td></tr></table>' },
  {
    name: 'notes',
    body: `<p>${words}<span class="note">A note with a <a href="https://example.org/">link</a>.</span> More<span class="note">Another.</span>.</p>`,
    css: note,
  },
  {
    name: 'note over a page break',
    body: `<p>${words.repeat(3)}<span class="note">${words.repeat(9)}</span> ${words.repeat(5)}</p>`,
    css: note + small,
  },
  {
    name: 'links',
    body: '<p id="here">See <a href="#here">here</a> or <a href="https://example.org/" title="A site">there</a> or <a href="mailto:a@example.org">write</a>.</p>',
  },
  { name: 'link over two lines', body: `<p>See <a href="https://example.org/">${words}</a>.</p>`, css: small },
  { name: 'link over two pages', body: `<p>${words.repeat(4)}<a href="https://example.org/">${words.repeat(4)}</a>.</p>`, css: small },
  { name: 'link around a picture', body: `<p><a href="https://example.org/"><img alt="A dot" src="${circle}"></a></p>` },
  { name: 'dead link', body: '<p><a href="#nowhere">Nowhere</a> and <a>no address</a></p>' },
  {
    name: 'pictures',
    body: `<figure><img alt="A dot" src="${circle}"><figcaption>A dot</figcaption></figure><p>Inline <img alt="Two pixels" src="${png}"> and decoration <img alt="" src="${circle}">.</p>`,
  },
  {
    name: 'svg in the text',
    body: '<p><svg role="img" aria-label="Bars" width="20" height="20"><rect width="9" height="9" fill-opacity=".5"/></svg></p>',
  },
  {
    name: 'formula',
    body: '<p>Energy is <math alttext="E = m c squared"><mi>E</mi><mo>=</mo><mi>m</mi><msup><mi>c</mi><mn>2</mn></msup></math> and <span role="math" aria-label="one half">½</span>.</p>',
  },
  { name: 'quotations', body: '<blockquote><p>Quoted <q>inside</q>.</p></blockquote><blockquote>Bare</blockquote>' },
  { name: 'code', body: '<pre><code>const a = 1\n\nconst b = 2</code></pre><pre>plain\ntext</pre>' },
  {
    name: 'callout',
    body: '<aside><h2>Mind</h2><p>A callout.</p></aside>',
    css: 'aside { border: 1px solid; background: #eef; border-radius: 4px; opacity: .9 }',
  },
  {
    name: 'contents',
    body: '<nav role="doc-toc"><h2>Contents</h2><ol><li><a href="#a">A</a><ol><li><a href="#b">B</a></li></ol></li></ol></nav><h1 id="a">A</h1><h2 id="b">B</h2>',
    css: 'nav a::after { content: leader(".") target-counter(attr(href), page) } h1 { bookmark-level: 1 } h2 { bookmark-level: 2 }',
  },
  {
    name: 'languages',
    body: '<p>English <span lang="fr">français <b lang="de">Deutsch</b></span>.</p><p lang="km">ព្រះរាជាណាចក្រកម្ពុជា</p><p lang="lo">ສາທາລະນະລັດ</p>',
  },
  { name: 'khmer', lang: 'km', body: '<h1>កម្ពុជា</h1><p>ព្រះរាជាណាចក្រកម្ពុជា មានព្រំប្រទល់ជាប់នឹងប្រទេសឡាវ។</p>' },
  { name: 'right to left', lang: 'he', body: '<p dir="rtl">שלום <span lang="en">world</span> 123</p>' },
  { name: 'characters without a glyph', body: '<p>\ue000 and \u{1f9ea} and \ufffd</p>' },
  { name: 'abbreviation', body: '<p><abbr title="Association of Southeast Asian Nations">ASEAN</abbr> met.</p>' },
  {
    name: 'ligatures and hyphens',
    body: `<p>office waffle fjord ﬁ soft\u00adhyphen ${words}</p>`,
    css: 'p { width: 90px; hyphens: auto; text-align: justify }',
  },
  {
    name: 'backgrounds',
    body: '<div><p>On a gradient</p></div><hr><p class="s">Shadow</p>',
    css: `body { background: #fafafa } div { background: linear-gradient(red, rgba(0,0,255,.3)), url("${circle}"); padding: 9px } .s { box-shadow: 0 0 4px #0005; text-shadow: 1px 1px red; text-decoration: underline wavy }`,
  },
  {
    name: 'heads and feet',
    body: `<h1>Title</h1><p>${words.repeat(9)}</p>`,
    css: `${small} @page { @top-left { content: string(t) } @top-right { content: "A-" counter(page, lower-roman) } } h1 { string-set: t content() }`,
  },
  {
    name: 'columns and floats',
    body: `<p class="f">Float</p><div>${`<p>${words}</p>`.repeat(4)}</div>`,
    css: '.f { float: right; width: 80px } div { columns: 2; column-rule: 1px solid }',
  },
  {
    name: 'positioned and turned',
    body: '<p>One</p><p class="a">Two</p><p class="t">Three</p>',
    css: '.a { position: absolute; top: 100px } .t { transform: rotate(5deg) } p::before { content: "» " }',
  },
  { name: 'empty', body: '' },
]
