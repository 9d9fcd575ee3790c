/**
 * Small table documents whose boxes a browser agrees with. `[30x20]` stands for an inline-block of that size, so that fonts do not
 * matter. A name, and the body.
 */
const sources: readonly (readonly [string, string])[] = [
  // Automatic layout.
  ['content widths', '<table><tr><td>[30x20]<td>[50x10]<tr><td>[10x10]<td>[70x10]</table>'],
  ['words that wrap', '<div style="width:120px"><table><tr><td>[40x10] [40x10] [40x10]<td>[30x10] [30x10]</table></div>'],
  ['a set width grows columns by their content', '<table style="width:400px"><tr><td>[30x20]<td>[90x20]</table>'],
  ['a cell width', '<table style="width:300px"><tr><td style="width:60px">[10x10]<td>[10x10]<td>[20x10]</table>'],
  ['cell widths in several rows', '<table><tr><td style="width:60px">[10x10]<td>[10x10]<tr><td style="width:90px">[5x5]<td>[5x5]</table>'],
  ['a percentage', '<table style="width:400px"><tr><td style="width:25%">[10x10]<td>[10x10]</table>'],
  [
    'percentages beyond 100',
    '<table style="width:400px"><tr><td style="width:70%">[10x10]<td style="width:60%">[10x10]<td>[10x10]</table>',
  ],
  ['a percentage widens an auto table', '<table><tr><td style="width:20%">[60x10]<td>[40x10]</table>'],
  [
    'percentages and lengths',
    '<table style="width:500px"><tr><td style="width:30%">[10x10]<td style="width:100px">[10x10]<td>[10x10]<td>[30x10]</table>',
  ],
  [
    'col widths',
    '<table style="width:300px"><col style="width:50px"><col style="width:100px"><col><tr><td>[10x10]<td>[10x10]<td>[10x10]</table>',
  ],
  [
    'col spans',
    '<table style="width:400px"><col span="2" style="width:50px"><col style="width:25%"><tr><td>[9x9]<td>[9x9]<td>[9x9]<td>[9x9]</table>',
  ],
  [
    'a column group width',
    '<table style="width:400px"><colgroup span="2" style="width:60px"></colgroup><colgroup><col><col></colgroup><tr><td>[9x9]<td>[9x9]<td>[9x9]<td>[9x9]</table>',
  ],
  ['width 0', '<table style="width:0"><tr><td>[30x10] [30x10]<td>[20x10] [20x10]</table>'],
  ['a cell of width 0', '<table style="width:200px"><tr><td style="width:0">[30x10] [30x10]<td>[20x10]</table>'],
  ['min-width of a cell', '<table><tr><td style="min-width:80px">[10x10]<td>[10x10]</table>'],
  ['max-width of a cell', '<table style="width:300px"><tr><td style="max-width:60px">[10x10] [30x10] [30x10]<td>[10x10]</table>'],
  ['min-width of a table', '<table style="min-width:250px"><tr><td>[10x10]<td>[40x10]</table>'],
  ['max-width of a table', '<table style="max-width:120px"><tr><td>[50x10] [50x10]<td>[50x10] [50x10]</table>'],
  ['a percentage width of a table', '<div style="width:500px"><table style="width:60%"><tr><td>[10x10]<td>[10x10]</table></div>'],
  [
    'all columns fixed, the table wider',
    '<table style="width:400px"><tr><td style="width:50px">[10x10]<td style="width:100px">[10x10]</table>',
  ],
  [
    'all columns percent, the table wider',
    '<table style="width:400px"><tr><td style="width:20%">[10x10]<td style="width:30%">[10x10]</table>',
  ],
  ['an empty column', '<table style="width:200px"><tr><td>[10x10]<td><td>[20x10]</table>'],
  ['nowrap', '<div style="width:60px"><table><tr><td style="white-space:nowrap">[30x10] [30x10] [30x10]<td>[10x10]</table></div>'],
  // Spans.
  ['a column span', '<table><tr><td colspan="2">[200x10]<tr><td>[30x10]<td>[60x10]</table>'],
  ['a span over a fixed column', '<table><tr><td colspan="2">[200x10]<tr><td style="width:50px">[30x10]<td>[60x10]</table>'],
  ['a span with a width', '<table><tr><td colspan="2" style="width:300px">[20x10]<tr><td>[30x10]<td>[60x10]</table>'],
  [
    'a span with a percentage',
    '<table style="width:400px"><tr><td colspan="2" style="width:50%">[20x10]<td>[10x10]<tr><td>[30x10]<td>[60x10]<td>[10x10]</table>',
  ],
  [
    'spans of different widths',
    '<table><tr><td colspan="3">[300x10]<tr><td colspan="2">[150x10]<td>[20x10]<tr><td>[10x10]<td>[30x10]<td>[40x10]</table>',
  ],
  ['overlapping spans', '<table><tr><td colspan="2">[100x10]<td>[10x10]<tr><td>[10x10]<td colspan="2">[140x10]</table>'],
  ['row spans', '<table><tr><td rowspan="2">[20x90]<td>[30x20]<tr><td>[30x20]</table>'],
  ['row spans over rows with heights', '<table><tr style="height:30px"><td rowspan="2">[20x120]<td>[30x20]<tr><td>[30x20]</table>'],
  ['rowspan 0', '<table><tr><td rowspan="0">[20x20]<td>[30x20]<tr><td>[30x20]<tr><td>[30x20]</table>'],
  [
    'a row span beyond the group',
    '<table><tbody><tr><td rowspan="5">[20x20]<td>[30x20]<tr><td>[30x20]</tbody><tbody><tr><td>[10x10]<td>[10x10]</tbody></table>',
  ],
  ['both spans', '<table><tr><td rowspan="2" colspan="2">[80x60]<td>[30x20]<tr><td>[30x20]<tr><td>[10x10]<td>[10x10]<td>[10x10]</table>'],
  [
    'row spans that cross',
    '<table><tr><td rowspan="3">[9x150]<td rowspan="2">[9x50]<td>[9x10]<tr><td>[9x10]<tr><td>[9x10]<td>[9x10]</table>',
  ],
  ['a short row', '<table><tr><td>[30x10]<td>[30x10]<td>[30x10]<tr><td>[20x20]</table>'],
  // Spacing, borders and padding.
  ['two spacings', '<table style="border-spacing:10px 4px"><tr><td>[30x10]<td>[30x10]<tr><td colspan="2">[30x10]</table>'],
  [
    'borders and padding of table and cells',
    '<table style="border:5px solid;padding:7px;width:300px"><tr><td style="border:2px solid;padding:3px 6px">[30x10]<td>[30x10]</table>',
  ],
  ['content-box', '<table style="box-sizing:content-box;border:5px solid;padding:7px;width:300px"><tr><td>[30x10]<td>[30x10]</table>'],
  ['padding in percent', '<table style="width:300px"><tr><td style="padding:5%">[30x10]<td>[30x10]</table>'],
  // Collapsed borders.
  [
    'collapsed',
    '<table class="c"><tr><td style="border:2px solid">[30x10]<td style="border:2px solid">[30x10]<tr><td style="border:2px solid">[30x10]<td style="border:2px solid">[30x10]</table>',
  ],
  [
    'collapsed, odd widths',
    '<table class="c"><tr><td style="border:1px solid">[30x10]<td style="border:3px solid">[30x10]<tr><td style="border:5px solid">[30x10]<td>[30x10]</table>',
  ],
  [
    'collapsed, the table wins',
    '<table class="c" style="border:10px solid"><tr><td style="border:2px solid">[30x10]<td style="border:2px solid">[30x10]</table>',
  ],
  [
    'collapsed, a set width',
    '<table class="c" style="border:4px solid;width:300px"><tr><td style="border:2px solid">[30x10]<td style="border:6px solid">[30x10]</table>',
  ],
  [
    'collapsed, hidden',
    '<table class="c" style="border:10px solid"><tr><td style="border:2px hidden">[30x10]<td style="border:2px solid">[30x10]</table>',
  ],
  [
    'collapsed, rows and groups',
    '<table class="c"><tbody style="border:6px solid"><tr style="border:2px solid"><td>[30x10]<td>[30x10]<tr><td>[30x10]<td>[30x10]</tbody><tbody><tr><td>[30x10]<td>[30x10]</tbody></table>',
  ],
  [
    'collapsed, columns',
    '<table class="c"><colgroup style="border:6px solid"><col><col style="border:2px solid"></colgroup><col><tr><td>[30x10]<td>[30x10]<td>[30x10]</table>',
  ],
  [
    'collapsed, column spans',
    '<table class="c"><tr><td colspan="2" style="border:4px solid">[100x10]<td style="border:8px solid">[20x10]<tr><td style="border:8px solid">[30x10]<td>[30x10]<td style="border:8px solid">[30x10]</table>',
  ],
  [
    'collapsed, row spans',
    '<table class="c"><tr><td rowspan="2" style="border:4px solid">[20x60]<td style="border:1px solid">[20x10]<tr><td style="border:8px solid">[30x10]</table>',
  ],
  [
    'collapsed, wider later rows',
    '<table class="c"><tr><td style="border:2px solid">[30x10]<td style="border:2px solid">[30x10]<tr><td style="border:10px solid">[30x10]<td>[30x10]</table>',
  ],
  [
    'collapsed, right to left',
    '<table class="c" dir="rtl"><tr><td style="border:2px solid;border-left:8px solid">[30x10]<td style="border:2px solid">[40x10]<td>[50x10]</table>',
  ],
  [
    'collapsed, padding and spacing ignored',
    '<table class="c" style="padding:20px;border-spacing:9px;border:2px solid"><tr><td>[30x10]<td>[30x10]</table>',
  ],
  // Fixed layout.
  [
    'fixed by cols',
    '<table style="table-layout:fixed;width:300px"><col style="width:50px"><col><tr><td>[80x10]<td>[10x10]<td>[10x10]</table>',
  ],
  [
    'fixed by the first row',
    '<table style="table-layout:fixed;width:300px"><tr><td style="width:50px">[9x9]<td>[9x9]<td>[9x9]<tr><td>[200x9]<td>[9x9]<td>[9x9]</table>',
  ],
  [
    'fixed by a spanning cell',
    '<table style="table-layout:fixed;width:300px"><tr><td colspan="2" style="width:100px">[9x9]<td>[9x9]<tr><td>[9x9]<td>[9x9]<td>[9x9]</table>',
  ],
  [
    'fixed with percentages',
    '<table style="table-layout:fixed;width:400px"><tr><td style="width:50%">[9x9]<td style="width:100px">[9x9]<td>[9x9]</table>',
  ],
  [
    'fixed, all given, the table wider',
    '<table style="table-layout:fixed;width:400px"><tr><td style="width:50px">[9x9]<td style="width:100px">[9x9]</table>',
  ],
  [
    'fixed, columns wider than the table',
    '<table style="table-layout:fixed;width:100px"><tr><td style="width:150px">[9x9]<td style="width:100px">[9x9]</table>',
  ],
  ['fixed with padding', '<table style="table-layout:fixed;width:300px"><tr><td style="width:50px;padding:10px">[9x9]<td>[9x9]</table>'],
  ['fixed, an auto width', '<table style="table-layout:fixed"><tr><td style="width:50px">[9x9] [90x9]<td>[30x9]</table>'],
  [
    'fixed, collapsed',
    '<table class="c" style="table-layout:fixed;width:400px"><tr><td>[9x9]<td style="border-left:60px solid;width:80px">[9x9]<td>[9x9]</table>',
  ],
  // Heights.
  ['a row height', '<table><tr style="height:60px"><td>[30x10]<td>[30x10]</table>'],
  ['a cell height', '<table><tr><td style="height:60px">[30x10]<td>[30x10]</table>'],
  ['a cell height with padding', '<table><tr><td style="height:60px;padding:10px;border:1px solid">[30x10]<td>[30x10]</table>'],
  ['a table height', '<table style="height:200px"><tr><td>[30x10]<tr><td>[30x30]</table>'],
  ['a table height and a row height', '<table style="height:200px"><tr style="height:50px"><td>[30x10]<tr><td>[30x30]</table>'],
  [
    'a table height over groups',
    '<table style="height:300px"><thead><tr><td>[30x20]</thead><tbody><tr><td>[30x20]<tr><td>[30x40]</tbody><tfoot><tr><td>[30x20]</tfoot></table>',
  ],
  ['rows in percent', '<table style="height:200px"><tr style="height:50%"><td>[30x10]<tr><td>[30x30]</table>'],
  ['cells in percent', '<table style="height:200px"><tr><td style="height:25%">[30x10]<tr><td>[30x30]</table>'],
  ['a group height', '<table><tbody style="height:150px"><tr><td>[30x10]<tr><td>[30x30]</tbody></table>'],
  ['percent inside a cell', '<table><tr><td style="height:100px;width:100px"><div style="height:50%;width:50%"></div></table>'],
  [
    'percent inside a cell of auto height',
    '<table><tr><td><div style="height:50%"><i style="width:10px;height:20px"></i></div><td>[10x80]</table>',
  ],
  ['min-height of a table', '<table style="min-height:150px"><tr><td>[30x10]</table>'],
  ['an empty table with a height', '<table style="height:50px;width:70px"></table>'],
  // Vertical alignment.
  [
    'alignment',
    '<table><tr><td style="vertical-align:top">[10x10]<td style="vertical-align:middle">[10x10]<td style="vertical-align:bottom">[10x10]<td style="vertical-align:baseline">[10x30]<td>[10x80]</table>',
  ],
  [
    'baselines',
    '<table><tr style="vertical-align:baseline"><td>[10x10]<td>[10x40]<td style="padding-top:20px">[10x10]<td style="height:90px">[10x25]</table>',
  ],
  [
    'baseline without lines',
    '<table><tr style="vertical-align:baseline"><td><div style="height:20px;width:10px"></div><td>[10x40]<td></table>',
  ],
  [
    'baseline and row spans',
    '<table style="vertical-align:baseline"><tr style="vertical-align:baseline"><td rowspan="2">[10x50]<td>[10x20]<tr style="vertical-align:baseline"><td>[10x20]</table>',
  ],
  ['alignment in a row span', '<table><tr><td rowspan="2" style="vertical-align:bottom">[10x10]<td>[10x40]<tr><td>[10x40]</table>'],
  // Captions.
  ['a caption', '<table><caption>[100x10]</caption><tr><td>[30x10]</table>'],
  [
    'captions above and below',
    '<table style="border:3px solid"><caption style="margin:5px">[20x10]</caption><caption style="caption-side:bottom;margin-top:8px">[20x10]</caption><tr><td>[130x10]</table>',
  ],
  ['two captions', '<table><caption>[20x10]</caption><caption>[20x15]</caption><tr><td>[130x10]</table>'],
  [
    'a caption with padding and width',
    '<table><caption style="width:60px;padding:4px;border:2px solid">[20x10]</caption><tr><td>[130x10]</table>',
  ],
  ['a caption that wraps', '<table><caption>[40x10] [40x10] [40x10]</caption><tr><td>[50x10]</table>'],
  ['a caption and a table height', '<table style="height:100px"><caption>[40x20]</caption><tr><td>[50x10]</table>'],
  ['a table of only a caption', '<table><caption>[40x20]</caption></table>'],
  // Groups, order, collapse.
  [
    'head and foot out of order',
    '<table><tfoot><tr><td>[10x30]</tfoot><tbody><tr><td>[10x20]</tbody><thead><tr><td>[10x10]</thead></table>',
  ],
  ['a collapsed row', '<table><tr><td>[30x10]<tr style="visibility:collapse"><td>[90x50]<tr><td>[30x10]</table>'],
  ['a collapsed column', '<table><col><col style="visibility:collapse"><col><tr><td>[30x10]<td style="width:50px"><td>[20x10]</table>'],
  [
    'a collapsed group',
    '<table style="border-spacing:0"><tbody><tr><td>[30x10]</tbody><tbody style="visibility:collapse"><tr><td>[30x30]</tbody><tbody><tr><td>[30x20]</tbody></table>',
  ],
  [
    'a span over a collapsed column',
    '<table><col><col style="visibility:collapse"><col><tr><td colspan="2">[80x10]<td>[20x10]<tr><td>[30x10]<td style="width:30px"><td>[30x10]</table>',
  ],
  [
    'a row span over a collapsed row',
    '<table><tr><td rowspan="3">[30x90]<td>[10x10]<tr style="visibility:collapse"><td>[10x40]<tr><td>[30x10]</table>',
  ],
  // Directions.
  [
    'right to left',
    '<table dir="rtl" style="width:300px"><tr><td style="width:50px">[9x9]<td>[9x9]<td>[20x9]<tr><td colspan="2">[9x9]<td>[9x9]</table>',
  ],
  ['in a block right to left', '<div dir="rtl"><table><tr><td>[30x9]<td>[50x9]</table></div>'],
  // Tables in other contexts.
  ['an inline table', '<div>[10x40]<table style="display:inline-table"><tr><td>[30x9]<tr><td>[30x20]</table>[10x20]</div>'],
  [
    'an inline table with a caption',
    '<div>[10x40]<table style="display:inline-table"><caption>[20x20]</caption><tr><td>[30x9]</table></div>',
  ],
  [
    'a float',
    '<div style="width:300px"><table style="float:left"><tr><td>[30x30]</table><table style="float:right"><tr><td>[40x30]</table><div>[50x10]</div></div>',
  ],
  ['beside a float', '<div style="width:300px"><div style="float:left;width:100px;height:50px"></div><table><tr><td>[60x10]</table></div>'],
  [
    'beside a float too wide',
    '<div style="width:200px"><div style="float:left;width:100px;height:50px"></div><table><tr><td>[160x10]</table></div>',
  ],
  [
    'positioned',
    '<div style="position:relative;width:300px;height:100px"><table style="position:absolute;right:10px;bottom:5px"><tr><td>[30x30]</table></div>',
  ],
  [
    'positioned between two sides',
    '<div style="position:relative;width:300px;height:100px"><table style="position:absolute;left:10px;right:10px"><tr><td>[30x30]</table></div>',
  ],
  [
    'a flex item',
    '<div style="display:flex;width:400px"><table><tr><td>[30x30]</table><table style="flex:1"><tr><td>[30x30]<td>[10x10]</table></div>',
  ],
  ['centred', '<div style="width:300px"><table style="margin:10px auto"><tr><td>[30x30]</table></div>'],
  ['nested', '<table style="width:300px"><tr><td><table style="width:100%"><tr><td>[30x10]<td>[30x10]</table><td>[20x20]</table>'],
  ['nested, auto', '<table><tr><td><table><tr><td><table><tr><td>[30x10] [30x10]</table></table><td>[20x20]</table>'],
  [
    'position: relative',
    '<table><tr style="position:relative;top:5px;left:3px"><td>[30x10]<td style="position:relative;left:7px">[30x10]</table>',
  ],
  [
    'absolute in a cell',
    '<table><tr><td style="position:relative">[60x40]<b style="display:block;position:absolute;right:2px;bottom:3px;width:9px;height:8px"></b></table>',
  ],
  [
    'absolute in a row',
    '<table><tr style="position:relative"><td>[60x40]<td>[9x9]<b style="display:block;position:absolute;right:2px;bottom:3px;width:9px;height:8px"></b></table>',
  ],
  ['a float in a cell', '<table><tr><td style="width:60px"><b style="float:left;width:30px;height:40px"></b>[20x10]<td>[20x10]</table>'],
  ['margins in a cell', '<table><tr><td><p style="margin:12px 5px">[20x10]</p><td>[20x10]</table>'],
  // Anonymous boxes.
  ['cells without a row', '<div style="display:table"><b class="td">[30x10]</b><b class="td">[20x10]</b></div>'],
  ['cells without a table', '<div><b class="td">[30x10]</b> <b class="td">[20x10]</b></div>'],
  ['cells in a line', '<div>[5x5]<b class="td">[30x10]</b><b class="td">[20x10]</b>[5x5]</div>'],
  ['cells in an inline box', '<div><u>[5x5]<b class="td">[30x10]</b><b class="td">[20x10]</b>[5x5]</u></div>'],
  ['a row without a table', '<div><b class="tr"><b class="td">[30x10]</b><b class="td">[20x10]</b></b>[7x7]</div>'],
  ['text in a row', '<div class="t"><b class="tr">[30x10] [10x10]<b class="td">[20x10]</b>[9x9]</b></div>'],
  ['a block in a table', '<div class="t"><div style="width:40px;height:30px"></div><b class="td">[20x10]</b></div>'],
  [
    'a cell in a row group',
    '<div class="t"><div style="display:table-row-group"><b class="td">[20x10]</b><b class="td">[20x30]</b><b class="tr"><b class="td">[50x10]</b></b></div></div>',
  ],
  ['a row in a cell', '<div class="t"><b class="td"><b class="tr"><b class="td">[20x10]</b></b></b></div>'],
  ['a table in a row', '<div class="t"><div class="tr"><div class="t"><b class="td">[20x10]</b></div><b class="td">[9x30]</b></div></div>'],
  [
    'cells before a group',
    '<div class="t"><b class="td">[20x10]</b><b class="td">[20x10]</b><div style="display:table-row-group"><b class="tr"><b class="td">[50x10]</b></b></div></div>',
  ],
  ['a lone column', '<div><u style="display:table-column"></u>[5x5]<div style="display:table-caption">[30x30]</div></div>'],
  [
    'text in a column group',
    '<div class="t"><u style="display:table-column-group">[50x50]<u style="display:table-column;width:90px"></u></u><b class="td">[5x5]</b></div>',
  ],
  [
    'floats in a row',
    '<div class="t"><div class="tr"><b style="float:left;width:20px;height:20px"></b><b class="td">[9x30]</b></div></div>',
  ],
]

const sized = /\[(\d+)x(\d+)\]/g

export const tableDocuments: readonly { readonly name: string; readonly html: string }[] = sources.map(([name, body]) => ({
  name,
  html: `<!doctype html><html lang="en"><title>T</title><style>
@page { size: 800px 4000px; margin: 0 } html, body { margin: 0; font-size: 0; line-height: 0 } p { margin: 0 }
i { display: inline-block } b { font-weight: normal } u { text-decoration: none } .c { border-collapse: collapse }
.t { display: table } .tr { display: table-row } .td { display: table-cell }
</style><body>${body.replace(sized, '<i style="width:$1px;height:$2px"></i>')}</body></html>`,
}))
