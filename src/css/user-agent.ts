/**
 * The style sheet that stands under all others: how HTML looks in print before anyone says otherwise (HTML, section 15.3;
 * CSS 2.2, appendix D; the margin boxes' alignment is of CSS Page 3, section 5.3). In: nothing. Out: CSS.
 */
export const USER_AGENT_SHEET = `
html, body, address, article, aside, blockquote, center, dd, details, dialog, dir, div, dl, dt, fieldset, figcaption, figure,
footer, form, h1, h2, h3, h4, h5, h6, header, hgroup, hr, legend, listing, main, menu, nav, ol, optgroup, option, p, plaintext, pre, search,
section, summary, ul, xmp { display: block }
area, base, basefont, datalist, head, link, meta, noembed, noframes, noscript, param, rp, script, style, template, title,
[hidden], dialog:not([open]), source, track, input[type=hidden] { display: none }
[hidden=until-found] { display: block }
body { margin: 8px }
@page { margin: 2cm }

h1, h2, h3, h4, h5, h6 { font-weight: bold; break-after: avoid; hyphens: manual }
h1 { font-size: 2em; margin-block: 0.67em }
h2 { font-size: 1.5em; margin-block: 0.83em }
h3 { font-size: 1.17em; margin-block: 1em }
h4 { margin-block: 1.33em }
h5 { font-size: 0.83em; margin-block: 1.67em }
h6 { font-size: 0.67em; margin-block: 2.33em }

p, dl, listing, plaintext, pre, xmp, menu, ol, ul, dir { margin-block: 1em }
:is(ol, ul, menu, dir) :is(ol, ul, menu, dir, dl) { margin-block: 0 }
blockquote, figure { margin: 1em 40px }
dd { margin-inline-start: 40px }
address, cite, dfn, em, i, var { font-style: italic }
b, strong { font-weight: bolder }
code, kbd, samp, tt, listing, plaintext, pre, xmp { font-family: monospace }
listing, plaintext, pre, xmp { white-space: pre }
big { font-size: larger }
small { font-size: smaller }
sub { vertical-align: sub; font-size: smaller; line-height: normal }
sup { vertical-align: super; font-size: smaller; line-height: normal }
mark { background-color: yellow; color: black }
ins, u, abbr[title], a:link, area:link { text-decoration: underline }
abbr[title] { text-decoration-style: dotted }
del, s, strike { text-decoration: line-through }
a:link, area:link { color: #0000ee }
center { text-align: center }
nobr { white-space: nowrap }
q::before { content: open-quote }
q::after { content: close-quote }
hr { border: 1px inset gray; margin-block: 0.5em; margin-inline: auto; overflow: hidden; color: gray }
ruby, rb, rt, rtc { display: inline }
rt { font-size: 50%; vertical-align: super; line-height: 1 }
rt::before { content: "(" }
rt::after { content: ")" }
fieldset { border: 2px groove #c0c0c0; margin-inline: 2px; padding: 0.35em 0.75em 0.625em }
legend { padding-inline: 2px }
summary { display: list-item; list-style: disclosure-open inside; counter-increment: list-item 0 }
slot { display: contents }
img, svg { overflow: hidden }
video, audio, canvas, iframe, embed, object, input, button, select, textarea, meter, progress { display: inline-block }

ol, ul, menu, dir { counter-reset: list-item; padding-inline-start: 40px }
li { display: list-item; text-align: match-parent }
ul, menu, dir { list-style-type: disc }
:is(ol, ul, menu, dir) ul { list-style-type: circle }
:is(ol, ul, menu, dir) :is(ol, ul, menu, dir) ul { list-style-type: square }
ol { list-style-type: decimal }
::marker { text-indent: 0 !important; text-transform: none; font-variant-numeric: tabular-nums; unicode-bidi: isolate; white-space: pre }

table { display: table; border-collapse: separate; border-spacing: 2px; box-sizing: border-box; text-indent: 0 }
caption { display: table-caption; text-align: center; break-after: avoid }
colgroup { display: table-column-group }
col { display: table-column }
thead { display: table-header-group; vertical-align: middle }
tbody { display: table-row-group; vertical-align: middle }
tfoot { display: table-footer-group; vertical-align: middle }
tr { display: table-row; vertical-align: inherit }
td, th { display: table-cell; vertical-align: inherit; padding: 1px }
th { font-weight: bold; text-align: center }
table > tr { vertical-align: middle }
table[border]:not([border="0"]), table[border]:not([border="0"]) > * > tr > :is(td, th) { border: 1px solid gray }
:is(thead, tbody, tfoot, tr, td, th, colgroup, col, caption)[hidden] { display: none }

[dir=ltr i] { direction: ltr }
[dir=rtl i] { direction: rtl }
[dir], bdi, output { unicode-bidi: isolate }
[dir=auto i], bdi:not([dir]) { unicode-bidi: plaintext }
bdo, bdo[dir] { unicode-bidi: isolate-override }

::footnote-call { content: counter(footnote); vertical-align: super; font-size: 75%; line-height: 0 }
::footnote-marker { content: counter(footnote) ". " }

@page {
  @top-left-corner { text-align: right; vertical-align: middle }
  @top-left { text-align: left; vertical-align: middle }
  @top-center { text-align: center; vertical-align: middle }
  @top-right { text-align: right; vertical-align: middle }
  @top-right-corner { text-align: left; vertical-align: middle }
  @left-top { text-align: center; vertical-align: top }
  @left-middle { text-align: center; vertical-align: middle }
  @left-bottom { text-align: center; vertical-align: bottom }
  @right-top { text-align: center; vertical-align: top }
  @right-middle { text-align: center; vertical-align: middle }
  @right-bottom { text-align: center; vertical-align: bottom }
  @bottom-left-corner { text-align: right; vertical-align: middle }
  @bottom-left { text-align: left; vertical-align: middle }
  @bottom-center { text-align: center; vertical-align: middle }
  @bottom-right { text-align: right; vertical-align: middle }
  @bottom-right-corner { text-align: left; vertical-align: middle }
  @footnote { margin-top: 6pt; padding-top: 3pt; border-top: 0.5pt solid }
}
`
