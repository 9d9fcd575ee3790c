/**
 * The style sheet that stands under all others: how HTML looks in print before anyone says otherwise (HTML, section 15.3;
 * CSS 2.2, appendix D; the margin boxes' alignment is of CSS Page 3, section 5.3; the outline is of CSS GCPM 3, section 3). In: nothing. Out: CSS.
 */
export const USER_AGENT_SHEET = `
html, body, address, article, aside, blockquote, center, dd, details, dialog, dir, div, dl, dt, fieldset, figcaption, figure,
footer, form, h1, h2, h3, h4, h5, h6, header, hgroup, hr, legend, listing, main, marquee, menu, nav, ol, optgroup, option, p, plaintext,
pre, search, section, summary, ul, xmp { display: block }
area, base, basefont, datalist, head, link, meta, noembed, noframes, param, rp, script, style, template, title,
[hidden]:not([hidden=until-found i]), source, track, input[type=hidden i], dialog:not([open]) { display: none }
body { margin: 8px }
@page { margin: 2cm }

h1, h2, h3, h4, h5, h6 { font-weight: bold; break-after: avoid; hyphens: manual }
h1 { bookmark-level: 1 }
h2 { bookmark-level: 2 }
h3 { bookmark-level: 3 }
h4 { bookmark-level: 4 }
h5 { bookmark-level: 5 }
h6 { bookmark-level: 6 }
h1 { font-size: 2em; margin-block: 0.67em }
h2 { font-size: 1.5em; margin-block: 0.83em }
h3 { font-size: 1.17em; margin-block: 1em }
h4 { margin-block: 1.33em }
h5 { font-size: 0.83em; margin-block: 1.67em }
h6 { font-size: 0.67em; margin-block: 2.33em }

p, dl, listing, plaintext, pre, xmp, menu, ol, ul, dir { margin-block: 1em }
:is(ol, ul, menu, dir, dl) :is(ol, ul, menu, dir, dl) { margin-block: 0 }
blockquote, figure { margin: 1em 40px }
dd { margin-inline-start: 40px }
dir dd, dl dd, menu dd, ol dd, ul dd { margin-block-end: 0 }
address, cite, dfn, em, i, var { font-style: italic }
b, strong { font-weight: bolder }
code, kbd, samp, tt, listing, plaintext, pre, xmp { font-family: monospace }
listing, plaintext, pre, xmp { white-space: pre }
pre[wrap] { white-space: pre-wrap }
big { font-size: larger }
small { font-size: smaller }
sub { vertical-align: sub; font-size: smaller; line-height: normal }
sup { vertical-align: super; font-size: smaller; line-height: normal }
mark { background-color: yellow; color: black }
ins, u, abbr[title], acronym[title], a:link, area:link { text-decoration: underline }
abbr[title], acronym[title] { text-decoration-style: dotted }
del, s, strike { text-decoration: line-through }
a:link, area:link { color: #0000ee }
center { text-align: center }
nobr { white-space: nowrap }
q::before { content: open-quote }
q::after { content: close-quote }
hr { color: gray; border: 1px inset; margin-block: 0.5em; margin-inline: auto; overflow: hidden }
ruby, rb, rt, rtc { display: inline }
rt { font-size: 50%; vertical-align: super; line-height: 1 }
rt::before { content: "(" }
rt::after { content: ")" }
fieldset { border: 2px groove #c0c0c0; margin-inline: 2px; padding: 0.35em 0.75em 0.625em; min-inline-size: min-content }
legend { padding-inline: 2px }
details > summary:first-of-type { display: list-item; list-style: disclosure-open inside; counter-increment: list-item 0 }
dialog { margin: 1em auto; padding: 1em; border: 1px solid; width: fit-content; color: black; background-color: white }
slot { display: contents }
img, svg { overflow: hidden }
iframe { display: inline-block; border: 1px solid #767676; padding: 0.2em 0.5em }

input, button, select, textarea, meter, progress { display: inline-block; text-indent: 0; text-transform: none; text-align: start }
input, textarea, select, button { border: 1px solid #767676; padding: 1px 3px; letter-spacing: normal; word-spacing: normal }
input, select { white-space: pre }
button, input:is([type=submit i], [type=reset i], [type=button i]) { text-align: center; padding: 1px 6px; background-color: #efefef; border-radius: 2px }
input:is([type=checkbox i], [type=radio i]) { width: 0.8em; height: 0.8em; margin: 0 0.25em 0 0.15em; border: 0; padding: 0 }
input:is([type=image i], [type=range i]) { border: 0; padding: 0 }
input[type=range i] { width: 8em; height: 1em; vertical-align: -0.2em }
textarea { white-space: pre-wrap; vertical-align: text-bottom; padding: 2px 3px }
meter, progress { width: 5em; height: 1em; vertical-align: -0.2em; box-sizing: border-box }
progress { width: 10em }
optgroup { font-weight: bold }
optgroup::before { content: attr(label) }
option { padding-inline: 2px; min-height: 1.2em; font-weight: normal }
optgroup > option { padding-inline-start: 1.2em }
option[label]:empty::before { content: attr(label) }
option[selected] { background-color: #d0d0d0 }
option::marker { content: none }

ol, ul, menu, dir { counter-reset: list-item; padding-inline-start: 40px }
li { display: list-item; text-align: match-parent }
ul, menu, dir { list-style-type: disc }
:is(ol, ul, menu, dir) :is(ul, menu, dir) { list-style-type: circle }
:is(ol, ul, menu, dir) :is(ol, ul, menu, dir) :is(ul, menu, dir) { list-style-type: square }
ol { list-style-type: decimal }
::marker { text-indent: 0 !important; text-transform: none; font-variant-numeric: tabular-nums; unicode-bidi: isolate; white-space: pre }

table { display: table; border-collapse: separate; border-spacing: 2px; border-color: gray; box-sizing: border-box; text-indent: 0 }
caption { display: table-caption; text-align: center; break-after: avoid }
colgroup { display: table-column-group }
col { display: table-column }
thead { display: table-header-group; vertical-align: middle; border-color: inherit }
tbody { display: table-row-group; vertical-align: middle; border-color: inherit }
tfoot { display: table-footer-group; vertical-align: middle; border-color: inherit }
tr { display: table-row; vertical-align: inherit; border-color: inherit }
td, th { display: table-cell; vertical-align: inherit; padding: 1px }
th { font-weight: bold; text-align: center }
table > tr { vertical-align: middle }
:is(thead, tbody, tfoot, tr, td, th, colgroup, col, caption)[hidden] { display: none }

[dir=ltr i] { direction: ltr }
[dir=rtl i] { direction: rtl }
[dir], bdi, output { unicode-bidi: isolate }
:is(pre, textarea)[dir=auto i] { unicode-bidi: plaintext }
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
