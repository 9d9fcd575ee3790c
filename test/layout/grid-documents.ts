/**
 * Grids for comparison with a browser: CSS of the grid `.g`, and its items, one a letter with more CSS where a colon follows. Every item holds three
 * boxes of 30 × 20 px, so that no font decides on a size.
 */
export interface GridDocument {
  readonly name: string
  readonly css: string
  readonly items: readonly string[]
  /** HTML instead of items. */
  readonly html?: string
}

const grid = (name: string, css: string, ...items: string[]): GridDocument => ({ name, css, items })
const plain = (count: number): string[] => Array.from({ length: count }, () => '')

export const gridDocuments: readonly GridDocument[] = [
  grid('fixed and fr columns', 'grid-template-columns: 100px 1fr 2fr', ...plain(5)),
  grid('auto columns share what is left', 'grid-template-columns: auto auto 50px', ...plain(4)),
  grid('fr below one', 'grid-template-columns: 0.2fr 0.3fr', ...plain(2)),
  grid('fr held by content', 'grid-template-columns: 1fr 1fr 1fr; width: 100px', 'min-width: 60px', '', ''),
  grid('minmax', 'grid-template-columns: minmax(50px, 120px) minmax(min-content, 1fr) minmax(20px, max-content)', ...plain(3)),
  grid('minmax with a maximum below its minimum', 'grid-template-columns: minmax(100px, 50px) 1fr', ...plain(2)),
  grid('fit-content', 'grid-template-columns: fit-content(50px) fit-content(200px) 1fr', ...plain(3)),
  grid('min-content and max-content', 'grid-template-columns: min-content max-content auto', ...plain(6)),
  grid('percentages and gaps', 'grid-template-columns: 25% 25% 10%; gap: 10px 5%', ...plain(5)),
  grid('percentage rows of an unknown height', 'grid-template-columns: 100px; grid-template-rows: 50% 60px; row-gap: 10%', ...plain(3)),
  grid('percentage rows of a known height', 'height: 300px; grid-template-rows: 50% 20% 1fr; row-gap: 5%', ...plain(3)),
  grid('auto-fill', 'grid-template-columns: repeat(auto-fill, 90px); gap: 10px', ...plain(7)),
  grid('auto-fit collapses', 'grid-template-columns: repeat(auto-fit, minmax(80px, 1fr)); gap: 10px', ...plain(3)),
  grid(
    'auto-fit between tracks',
    'grid-template-columns: 40px repeat(auto-fit, 60px) 40px; gap: 10px; justify-content: space-between',
    '',
    'grid-column: 3',
    'grid-column: -2',
  ),
  grid(
    'auto-fill rows of a known height',
    'height: 200px; grid-template-rows: repeat(auto-fill, 40px); grid-auto-flow: column; gap: 5px',
    ...plain(6),
  ),
  grid(
    'named lines',
    'grid-template-columns: [a] 50px [b c] 60px [a] 70px [d]',
    'grid-column: a 2 / d',
    'grid-column: c / span a',
    'grid-column: span 2 / d',
    'grid-column: e / 2',
  ),
  grid(
    'named areas',
    'grid-template: "h h" 30px "s m" auto "f f" / 80px 1fr',
    'grid-area: m',
    'grid-area: h',
    'grid-area: f',
    'grid-area: s',
    'grid-column: m-start / m-end',
  ),
  grid(
    'areas with holes',
    'grid-template-areas: "a . b" "c c b"; grid-auto-columns: 50px 60px',
    'grid-area: b',
    'grid-area: c',
    'grid-area: a',
    '',
  ),
  grid(
    'lines before the grid',
    'grid-template-columns: 50px 50px; grid-auto-columns: 20px 30px',
    'grid-column: -5 / -4',
    'grid-column: 1',
    'grid-row: -3',
    '',
  ),
  grid(
    'lines swapped and equal',
    'grid-template-columns: repeat(4, 40px)',
    'grid-column: 4 / 2',
    'grid-column: 3 / 3',
    'grid-column: span 2 / span 3',
    'grid-column: auto / 3',
  ),
  grid(
    'sparse packing',
    'grid-template-columns: repeat(3, 60px)',
    'grid-column: span 2',
    'grid-column: span 2',
    '',
    'grid-column: 2',
    'grid-column: 1',
    '',
  ),
  grid(
    'dense packing',
    'grid-template-columns: repeat(3, 60px); grid-auto-flow: dense',
    'grid-column: span 2',
    'grid-column: span 2',
    '',
    'grid-row: span 2; grid-column: span 2',
    '',
    '',
  ),
  grid(
    'column flow',
    'grid-template-rows: repeat(3, 40px); grid-auto-flow: column; grid-auto-columns: 50px 70px',
    'grid-row: span 2',
    '',
    'grid-row: span 2',
    '',
    '',
    'grid-column: 1',
  ),
  grid(
    'items locked to a row',
    'grid-template-columns: repeat(3, 60px)',
    'grid-row: 1',
    'grid-row: 1',
    'grid-row: 1 / span 2; grid-column: 2',
    '',
    '',
    'grid-row: 1',
  ),
  grid('order', 'grid-template-columns: repeat(3, 60px)', 'order: 2', '', 'order: -1', ''),
  grid(
    'items over several auto columns',
    'grid-template-columns: auto auto auto; justify-content: start',
    'grid-column: span 2; min-width: 300px',
    '',
    'grid-column: 1 / 4; width: 450px',
    '',
    '',
  ),
  grid(
    'items over min-content and max-content',
    'grid-template-columns: min-content max-content 40px; justify-content: start',
    'grid-column: 1 / 3; width: 200px',
    'grid-column: 2 / 4; width: 260px',
    '',
    '',
  ),
  grid('items over flexible columns', 'grid-template-columns: 1fr 2fr auto; width: 200px', 'grid-column: 1 / 3; width: 290px', '', '', ''),
  grid(
    'items over limited columns',
    'grid-template-columns: minmax(auto, 50px) minmax(10px, 80px) auto; justify-content: start',
    'grid-column: 1 / 3; width: 200px',
    '',
    '',
    '',
  ),
  grid(
    'items over rows',
    'grid-template-columns: 100px 100px; grid-template-rows: auto auto 30px',
    'grid-row: span 2; height: 150px',
    '',
    '',
    'grid-row: 2 / 4; grid-column: 2; height: 200px',
  ),
  grid('flexible rows', 'grid-template-rows: 1fr 2fr auto; min-height: 300px', ...plain(3)),
  grid('flexible rows of an unknown height', 'grid-template-rows: 1fr 2fr 0.5fr', '', 'height: 90px', 'height: 70px'),
  grid('rows with a largest height', 'max-height: 90px; grid-template-rows: 1fr minmax(20px, 200px)', ...plain(2)),
  grid(
    'content alignment',
    'height: 300px; grid-template: 40px 50px / 80px 90px; justify-content: space-around; align-content: space-evenly',
    ...plain(4),
  ),
  grid(
    'content at the end and centred',
    'height: 300px; grid-template: 40px 50px / 80px 90px; place-content: center end; gap: 10px',
    ...plain(4),
  ),
  grid('content that overflows', 'height: 60px; width: 100px; grid-template: 40px 50px / 80px 90px; place-content: center', ...plain(4)),
  grid(
    'safe content that overflows',
    'height: 60px; width: 100px; grid-template: 40px 50px / 80px 90px; align-content: safe end; justify-content: safe center',
    ...plain(4),
  ),
  grid(
    'item alignment',
    'grid-template: 100px 100px / 150px 150px 150px; justify-items: center; align-items: end',
    '',
    'justify-self: end; align-self: start',
    'justify-self: stretch; align-self: center',
    'place-self: stretch',
    'justify-self: left',
    'justify-self: right',
  ),
  grid(
    'items that overflow',
    'grid-template: 10px / 60px; place-items: center',
    'width: 80px',
    'width: 80px; place-self: safe center',
    'width: 80px; place-self: end',
  ),
  grid(
    'auto margins',
    'grid-template: 100px 100px / 150px 150px',
    'margin: auto',
    'margin-left: auto; width: 50px',
    'margin: 10px auto 20px 5px; height: 30px',
    'margin: 5% 10%',
  ),
  grid(
    'limits of items',
    'grid-template: 100px 100px / 150px 150px',
    'max-width: 70px; max-height: 40px',
    'min-width: 200px',
    'width: 50%; height: 50%',
    'width: min-content; height: 30px',
  ),
  grid(
    'right to left',
    'direction: rtl; grid-template-columns: 100px 1fr 60px; gap: 5px',
    '',
    'justify-self: start; direction: ltr',
    'justify-self: left',
    'justify-self: self-start; direction: ltr',
    'margin-left: auto',
    'grid-column: 2 / -1',
  ),
  grid('right to left, content at the start', 'direction: rtl; grid-template-columns: 100px 60px; justify-content: start', ...plain(4)),
  grid(
    'baselines',
    'grid-template-columns: repeat(4, 90px); align-items: baseline',
    '',
    'padding-top: 30px',
    'margin-top: 10px; border-top: 5px solid',
    'align-self: stretch',
  ),
  grid(
    'last baselines',
    'grid-template-columns: repeat(3, 90px); align-items: last baseline',
    '',
    'padding-bottom: 30px',
    'margin-bottom: 10px; height: 70px',
  ),
  grid(
    'ratios',
    'grid-template-columns: 120px 120px; align-items: start',
    'aspect-ratio: 2',
    'aspect-ratio: 1; height: 60px',
    'aspect-ratio: 1; justify-self: start',
    'aspect-ratio: 3 / 1; align-self: stretch',
  ),
  grid(
    'padding and borders of the grid',
    'padding: 10px 20px; border: 5px solid; grid-template-columns: 1fr 1fr; box-sizing: border-box; height: 200px',
    ...plain(2),
  ),
  grid('an inline grid shrinks to its content', 'display: inline-grid; grid-template-columns: auto 1fr 2fr; gap: 7px', ...plain(3)),
  grid(
    'a floating grid with an item over columns',
    'float: left; grid-template-columns: auto minmax(0, 1fr) 30px',
    'grid-column: span 2; width: 150px',
    '',
    '',
  ),
  grid('a grid of its smallest width', 'width: min-content; grid-template-columns: auto 1fr fit-content(40px)', ...plain(3)),
  grid(
    'out of flow in areas',
    'position: relative; padding: 10px; grid-template: "a b" 50px "c d" 60px / 100px 120px',
    'position: absolute; grid-area: d; inset: 5px',
    'position: absolute; grid-column: 2; right: 0; top: 0',
    'position: absolute; grid-row: 2 / auto; bottom: 0; left: 0',
    'position: absolute; grid-column: 1 / span 1; width: 100%; height: 10px',
    '',
  ),
  grid(
    'out of flow without offsets',
    'position: relative; padding: 10px; grid-template: 100px / 200px; place-items: center',
    'position: absolute',
    'position: absolute; justify-self: end; align-self: start',
    '',
  ),
  {
    name: 'nested grids',
    css: 'grid-template-columns: 1fr 2fr; gap: 10px',
    items: [],
    html: '<div id="o" style="display: grid; grid-template-columns: auto auto"><div id="p"><s></s></div><div id="q"><s></s><s></s></div></div><div id="r" style="display: grid; gap: 5px; grid-template-rows: 1fr 1fr"><div id="t"><s></s></div><div id="u"><s></s></div></div><div id="v" style="display: flex"><div id="w"><s></s></div></div>',
  },
  {
    name: 'images',
    css: 'grid-template-columns: 100px 100px 100px; grid-auto-rows: 80px',
    items: [],
    html: [
      '',
      'justify-self: stretch',
      'align-self: stretch',
      'place-self: stretch',
      'width: 50%',
      'max-width: 100%; height: auto',
      'place-self: center',
    ]
      .map(
        (css, index) =>
          `<img id="i${index}" style="${css}" alt="" src="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='60' height='30'/%3E">`,
      )
      .join(''),
  },
  {
    name: 'an image decides on its column',
    css: 'grid-template-columns: auto 1fr',
    items: [],
    html: `<img id="i" alt="" style="height: 100px; align-self: stretch" src="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='60' height='30' viewBox='0 0 60 30'/%3E"><div id="n"><s></s></div>`,
  },
  {
    name: 'text and children of contents',
    css: 'grid-template-columns: 70px 80px',
    items: [],
    html: '<div id="x"><s></s></div><div style="display: contents"><div id="y"><s></s></div><span id="z"><s></s></span></div>',
  },
]

export const gridHtml = ({ css, items, html }: GridDocument): string =>
  `<!doctype html><title>T</title><style>
@page { size: 600px 2000px; margin: 0 }
body { margin: 0; width: 500px; font-size: 0; line-height: 0 }
.g { display: grid } .g > * { min-width: auto } s { display: inline-block; width: 30px; height: 20px; vertical-align: top }
</style><div class="g" id="g" style="${css}">${html ?? items.map((more, index) => `<div id="i${index}" style="${more}"><s></s><s></s><s></s></div>`).join('')}</div>`
