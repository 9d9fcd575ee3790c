/** In: HTML and CSS as text. Out: styles, elements by id and the messages. */

import type { ComputedStyle, Styles } from '../../src/css/computed-style.js'
import { createStyles } from '../../src/css/index.js'
import type { Diagnostic } from '../../src/diagnostics/diagnostic.js'
import type { HtmlElement } from '../../src/html/dom.js'
import { parseHtml } from '../../src/html/parse.js'
import { findById } from '../../src/html/walk.js'

export interface Styled {
  readonly styles: Styles
  readonly messages: readonly Diagnostic[]
  readonly element: (id: string) => HtmlElement
  readonly style: (id: string) => ComputedStyle
}

export function styled(html: string, css = '', files: Readonly<Record<string, string>> = {}): Styled {
  const document = parseHtml(html, { base: '/project/doc.html', file: '/project/doc.html' })
  const messages: Diagnostic[] = []
  const styles = createStyles({
    document,
    styleSheets: [{ css, file: '/project/sheet.css', origin: 'author' }],
    viewport: { width: 800, height: 600 },
    readFile: (path) => files[path] ?? null,
    report: (message) => messages.push(message),
  })
  const ids = findById(document)
  const element = (id: string): HtmlElement => {
    const found = ids.get(id)
    if (!found) throw new Error(`no element #${id}`)
    return found
  }
  return { styles, messages, element, style: (id) => styles.of(element(id)) }
}

/** The style of #x under a declaration list. */
export function declared(css: string): ComputedStyle {
  return styled('<div id=x></div>', `#x { ${css} }`).style('x')
}
