import { describe, expect, test } from 'vitest'
import { parseHtml } from '../../src/html/parse.js'
import { elements, textContent } from '../../src/html/walk.js'
import { htmlFromXhtml, isXhtml } from '../../src/html/xhtml.js'

const read = (text: string) => parseHtml(htmlFromXhtml(text), { base: '', file: 'a.xhtml' })
const find = (text: string, name: string) => [...elements(read(text))].filter((element) => element.name === name)

describe('XHTML', () => {
  test('is told by the file’s name or the XML declaration', () => {
    expect(isXhtml('<html/>', 'a.xhtml')).toBe(true)
    expect(isXhtml('<?xml version="1.0"?><html/>', 'a.html')).toBe(true)
    expect(isXhtml('<!DOCTYPE html><p>', 'a.html')).toBe(false)
  })

  test('style sheets come out of CDATA sections and references', () => {
    const [one, two] = find(
      '<html><head><style><![CDATA[ p > b { color: red } ]]></style><style>a &gt; b {}</style></head></html>',
      'style',
    )
    expect(one && textContent(one).trim()).toBe('p > b { color: red }')
    expect(two && textContent(two)).toBe('a > b {}')
  })

  test('CDATA in text is text', () => {
    const [paragraph] = find('<html><body><p><![CDATA[a < b & c]]></p></body></html>', 'p')
    expect(paragraph && textContent(paragraph)).toBe('a < b & c')
  })

  test('empty elements hold nothing', () => {
    const [division] = find('<html><body><div class="a>b"/><p>text</p><br/>x<br></br></body></html>', 'div')
    expect(division?.children).toEqual([])
    expect(division?.attributes.get('class')).toBe('a>b')
    expect(find('<html><body>x<br/>y<br></br></body></html>', 'br')).toHaveLength(2)
  })

  test('prefixes of SVG and HTML come off, and elements stand on their lines', () => {
    const text =
      '<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "x"\n "y">\n<h:html xmlns:h="http://www.w3.org/1999/xhtml"><body>\n<s:svg xmlns:s="http://www.w3.org/2000/svg"><s:rect/></s:svg></body></h:html>'
    const [svg] = find(text, 'svg')
    expect(svg?.namespace).toBe('svg')
    expect(svg?.position?.line).toBe(5)
    expect(find(text, 'rect')[0]?.namespace).toBe('svg')
    expect(read(text).quirks).toBe(false)
  })
})
