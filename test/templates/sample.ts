/** A hand-made Document and its editions, for tests of what the templates make of them. */
import type { Document, NumberedNote, ReferenceTarget, Section } from '../../src/document/document.js'
import type { BriefEdition, BriefItem, ReportEdition, Slide, SlideLayout, SlidesEdition } from '../../src/editions/edition.js'
import type {
  Attributes,
  Block,
  BlockQuote,
  BulletList,
  Callout,
  CrossReference,
  Figure,
  Inline,
  Paragraph,
  Table,
  TableCell,
} from '../../src/markdown/tree.js'

export const position = { file: '/project/source.md', line: 1, column: 1 }

export const text = (words: string): Inline => ({ kind: 'text', text: words, position })
export const strong = (words: string): Inline => ({ kind: 'strong', content: [text(words)], position })
export const noteCall = (label: string): Inline => ({ kind: 'note-reference', label, position })
export const inlines = (...parts: readonly (string | Inline)[]): readonly Inline[] =>
  parts.map((part) => (typeof part === 'string' ? text(part) : part))
export const paragraph = (...parts: readonly (string | Inline)[]): Paragraph => ({
  kind: 'paragraph',
  content: inlines(...parts),
  position,
})
export const quotation = (...blocks: readonly Block[]): BlockQuote => ({ kind: 'block-quote', blocks, position })
export const callout = (type: Callout['type'], ...blocks: readonly Block[]): Callout => ({ kind: 'callout', type, blocks, position })
export const bullets = (...items: readonly (readonly Inline[])[]): BulletList => ({
  kind: 'bullet-list',
  tight: true,
  position,
  items: items.map((content) => ({ kind: 'list-item', position, blocks: [{ kind: 'paragraph', content, position }] })),
})

const cell = (content: string | Inline): TableCell => ({
  kind: 'table-cell',
  position,
  content: typeof content === 'string' ? [text(content)] : [content],
})

/** A table whose first row is its head; an empty caption leaves it without one. */
export function table(rows: readonly (readonly (string | Inline)[])[], options: { caption?: string; attributes?: Attributes } = {}): Table {
  const [head = [], ...body] = rows
  return {
    kind: 'table',
    position,
    alignments: head.map(() => 'default'),
    head: head.map(cell),
    rows: body.map((row) => row.map(cell)),
    ...(options.caption === undefined ? {} : { caption: [text(options.caption)] }),
    ...(options.attributes === undefined ? {} : { attributes: options.attributes }),
  }
}

export const figure: Figure = {
  kind: 'figure',
  position,
  image: {
    kind: 'image',
    source: 'chain.svg',
    alternative: 'Security enables trade, trade funds development, development builds peace',
    content: [],
    position,
  },
  caption: [text('How the two governments reason')],
}

export const lines = table(
  [
    ['Line', 'What is planned', 'What it is for'],
    [strong('Intelligence'), 'Regular exchange between the two states', 'Smuggling, trafficking and other crime in the Mekong subregion'],
    [strong('Border operations'), 'Joint patrols, enforcement at the same hour', 'No gap between two jurisdictions'],
    [strong('Training'), 'More scholarships, courses taken together', 'Shared doctrine, stronger institutions'],
    [
      strong('Climate and disasters'),
      'Joint frameworks for floods, wildfires, degradation',
      'Civilians and infrastructure protected, displacement avoided',
    ],
    [strong('Economic border'), 'A zone kept open for trade and visitors', 'Commerce, links, tourism, investors’ confidence'],
  ],
  { caption: 'What is planned on the border, and against what' },
)

const seeTable: CrossReference = { kind: 'cross-reference', target: 'tbl-lines', position }

interface SectionParts {
  readonly id: string
  readonly number?: string
  readonly level?: number
  readonly appendix?: boolean
  readonly title: string
  readonly blocks?: readonly Block[]
  readonly sections?: readonly Section[]
}

export function section(parts: SectionParts): Section {
  return {
    id: parts.id,
    level: parts.level ?? 1,
    ...(parts.number === undefined ? {} : { number: parts.number }),
    appendix: parts.appendix ?? false,
    title: [text(parts.title)],
    attributes: { classes: [], values: {} },
    position,
    blocks: parts.blocks ?? [],
    sections: parts.sections ?? [],
  }
}

const longWords =
  'Talks of this kind usually end with a photograph. This round ended with a list: five fields in which the two armed forces mean to work together, each with a purpose that can be checked. The list joins classical security with matters that no army could have called its own a generation ago, from wildfire to the confidence of investors.'
const moreWords =
  'The visiting general’s second appointment shows the direction. With Cambodia’s defence minister and the commander-in-chief of its forces he began to draft plans for wider joint operations, so that what the principals call a partnership has officers, dates and routes behind it.'
const closeWords =
  'Criminal networks live on the minutes that one side needs to tell the other. Exchange between services, and patrols that set out at the same hour, take those minutes away. Local authorities, armed forces, border units and administrators are named as the ones who have to keep one picture of the same valley.'

export const sections: readonly Section[] = [
  section({
    id: 'meeting',
    number: '1',
    title: 'The meeting',
    blocks: [paragraph(longWords), paragraph(moreWords)],
    sections: [section({ id: 'who', number: '1.1', level: 2, title: 'Who met, and where', blocks: [paragraph(closeWords)] })],
  }),
  section({
    id: 'lines',
    number: '2',
    title: 'Five lines of cooperation',
    blocks: [
      paragraph(longWords, noteCall('model')),
      paragraph(moreWords, ' See ', seeTable, '.'),
      lines,
      paragraph('Source: readout of the Senate’s spokesperson.'),
    ],
    sections: [
      section({
        id: 'patrols',
        number: '2.1',
        level: 2,
        title: 'Intelligence and joint patrols',
        blocks: [
          paragraph(closeWords, noteCall('model')),
          quotation(
            paragraph('The border is a “frontier of peace and safety”.'),
            paragraph('— Lt. Gen. Saichay Kommasith, Lao People’s Army'),
          ),
          paragraph(longWords),
          callout('important', paragraph('Whether that phrase holds will be decided far from the capital.')),
          bullets(
            [strong('Kingdom of Cambodia '), text('(ព្រះរាជាណាចក្រកម្ពុជា) and its neighbours')],
            inlines('Lao People’s Democratic Republic (ສາທາລະນະລັດ)'),
          ),
          figure,
        ],
      }),
    ],
  }),
  section({ id: 'questions', number: 'A', appendix: true, title: 'Questions and answers', blocks: [paragraph(closeWords)] }),
]

const model: NumberedNote = {
  number: 1,
  id: 'note-model',
  definition: {
    kind: 'note',
    label: 'model',
    position,
    blocks: [paragraph('The host’s own term covers intelligence, human resources and readiness.'), paragraph('See the annex.')],
  },
}
const target: ReferenceTarget = { kind: 'table', id: 'tbl-lines', label: 'Table 1', title: [text('Lines')] }

export const sampleDocument: Document = {
  file: '/project/source.md',
  source: '',
  metadata: {
    title: 'A border that works: Cambodia–Laos defence cooperation',
    shortTitle: 'A border that works',
    subtitle: 'What was agreed in Phnom Penh, and what has to follow',
    summary: [
      inlines(
        'Senate President Hun Sen and Lao chief of staff Lt. Gen. Saichay Kommasith agreed to move from good relations to working arrangements: shared intelligence, patrols planned together, more officer training, and a joint answer to floods and fires along the border.',
      ),
    ],
    authors: ['A. Writer'],
    originator: 'Regional Desk',
    date: '2026-05-14',
    lang: 'en',
    reference: 'CL-7',
    version: '1.2',
    status: 'Final',
    marking: 'TLP:GREEN',
    distribution: ['Border Affairs', 'Press Office'],
    keywords: ['border', 'Mekong'],
    paper: 'a4',
    numberSections: true,
    brief: { pages: 1 },
    slides: { ratio: '16:9' },
  },
  preamble: [],
  sections,
  notes: new Map([['model', model]]),
  figures: new Map([[figure, { number: 1, id: 'fig-chain', block: figure }]]),
  tables: new Map([[lines, { number: 1, id: 'tbl-lines', block: lines }]]),
  references: new Map([[seeTable, target]]),
}

const item = (id: string, lead: string, blocks: readonly Block[]): BriefItem => ({
  section: section({ id, title: lead }),
  lead: [text(lead)],
  blocks,
  priority: 2,
})

export const brief: BriefEdition = {
  name: 'brief',
  document: sampleDocument,
  preamble: [],
  density: 0,
  ledger: [],
  items: [
    item('new', 'What is new', [
      paragraph(
        'Plans for joint operations are being drafted with Cambodia’s defence minister and its commander-in-chief. Both sides speak of a “comprehensive and long-lasting strategic partnership”.',
        noteCall('model'),
      ),
    ]),
    item('why', 'Why now', [
      paragraph(
        'Smuggling networks and disasters ignore borders and adapt quickly. Frameworks agreed ahead of a crisis cost less than improvisation during one.',
      ),
    ]),
    item('asean', 'What it means for ASEAN', [
      paragraph(
        'A quiet Mekong border supports subregional security, trade across it, and the bloc’s habit of settling matters without interference.',
      ),
    ]),
    item('watch', 'What to watch', [
      paragraph(
        'Whether drafted plans become funded ones; how local authorities, armed forces and border units share one picture; who leads when a flood comes.',
      ),
    ]),
  ],
  feature: item('lines', 'Five lines of cooperation', [lines]),
}

export const report: ReportEdition = { name: 'report', document: sampleDocument, preamble: [], sections, ledger: [] }

const slide = (id: string, layout: SlideLayout, parts: { title: string; blocks?: readonly Block[]; notes?: readonly Block[] }): Slide => ({
  id,
  layout,
  title: [text(parts.title)],
  blocks: parts.blocks ?? [],
  notes: parts.notes ?? [],
})

export const deck: SlidesEdition = {
  name: 'slides',
  document: sampleDocument,
  ledger: [],
  slides: [
    slide('slide-1', 'title', { title: 'A border that works' }),
    { ...slide('slide-2', 'divider', { title: 'Five lines of cooperation' }), sectionNumber: '2' },
    slide('slide-3', 'bullets', {
      title: 'The talks moved from good relations to working arrangements',
      blocks: [
        bullets(
          inlines(strong('Intelligence'), ' exchanged between the two states against smuggling and trafficking'),
          inlines(strong('Patrols'), ' that set out at the same hour, so that no gap is left between jurisdictions'),
          inlines(strong('Training'), ' with more scholarships and shared doctrine'),
          inlines(strong('Disasters'), ' met with frameworks agreed beforehand'),
        ),
      ],
      notes: [paragraph('Say who was in the room.')],
    }),
    {
      ...slide('slide-4', 'table', { title: 'Five lines of cooperation, each with a purpose that can be checked', blocks: [lines] }),
      part: { index: 2, of: 3 },
    },
    slide('slide-5', 'quotation', {
      title: 'The general said what the border is',
      blocks: [quotation(paragraph('The border is a “frontier of peace and safety”.'), paragraph('— Lt. Gen. Saichay Kommasith'))],
    }),
    slide('slide-6', 'statement', {
      title: 'Why now',
      blocks: [paragraph('Frameworks agreed ahead of a crisis cost less than improvisation during one.')],
    }),
    slide('slide-7', 'figure', { title: 'Security pays for itself in four steps', blocks: [figure] }),
  ],
}
