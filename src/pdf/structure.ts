/**
 * The structure tree (ISO 32000-1, section 14.7): nodes made in content order, put into document order at the end, and
 * written as one object each. In: nodes with marked content and annotations. Out: the StructTreeRoot, the parent tree,
 * the role map and the identifiers of notes.
 */
import type { PackedDocument } from './object-streams.js'
import { number, raw, reference, textString } from './syntax.js'

export type StructureKid =
  | { readonly kind: 'node'; readonly node: StructureNode }
  | { readonly kind: 'content'; readonly page: number; readonly identifier: number }
  | { readonly kind: 'object'; readonly page: number; readonly object: number }

export interface StructureProperties {
  /** Position in the document; kids that are all elements are sorted by it. */
  readonly order: number
  /** BCP 47, where it differs from the parent's; else empty. */
  readonly language?: string
  readonly alternative?: string
  readonly expansion?: string
  readonly identifier?: string
  /** The finished attribute dictionaries, without brackets around several. */
  readonly attributes?: string
  /** h1 to h6: the level that the source gives; the type is set at the end so that no level is skipped. */
  readonly headingLevel?: number
  /** Lists: what the labels are, of table 347. */
  readonly listNumbering?: 'Decimal' | 'Disc' | 'LowerAlpha' | 'UpperAlpha' | 'LowerRoman' | 'UpperRoman'
}

export class StructureNode {
  type: string
  readonly parent: StructureNode | null
  readonly properties: StructureProperties
  readonly kids: StructureKid[] = []
  /** More attribute dictionaries that are known later, such as a picture's place. */
  readonly attributes: string[] = []
  id = 0

  constructor(type: string, parent: StructureNode | null, properties: StructureProperties) {
    this.type = type
    this.parent = parent
    this.properties = properties
    if (properties.attributes) this.attributes.push(properties.attributes)
    parent?.kids.push({ kind: 'node', node: this })
  }

  addContent(page: number, identifier: number): void {
    this.kids.push({ kind: 'content', page, identifier })
  }

  addObject(page: number, object: number): void {
    this.kids.push({ kind: 'object', page, object })
  }

  hasKid(type: string): boolean {
    return this.kids.some((kid) => kid.kind === 'node' && kid.node.type === type)
  }
}

/** What the parent tree needs: per page the owner of each marked-content sequence, per annotation its owner. */
export interface ParentTree {
  readonly pages: readonly (readonly StructureNode[])[]
  readonly annotations: readonly StructureNode[]
  /** PDF 2.0: types stand in its namespace. */
  readonly modern: boolean
}

/** What PDF 1.7 has no type for. */
const ROLE_MAP = '/RoleMap<</Aside/Sect>>'

/** Types that only PDF 1.7's namespace has (ISO 32000-2, annex L); in PDF 2.0 a Note is a FENote. */
const CLASSIC_TYPES = new Set(['Art', 'BlockQuote', 'TOC', 'TOCI', 'Quote', 'Reference', 'Code'])

/** How types are written. */
interface TypeWriter {
  typeEntries(type: string): string
}

const classicTypes: TypeWriter = { typeEntries: (type) => `/S/${type}` }

/** ISO 32000-2, section 14.8.6: elements without a namespace are of PDF 1.7's. */
const modernTypes = (namespace: number): TypeWriter => ({
  typeEntries: (type) => (CLASSIC_TYPES.has(type) ? `/S/${type}` : `/S/${type === 'Note' ? 'FENote' : type}/NS ${reference(namespace)}`),
})

/** Writes the tree and hangs it into the catalogue. */
export function writeStructure(document: PackedDocument, root: StructureNode, parents: ParentTree): void {
  prepare(root)
  numberHeadings(root)
  const treeId = document.allocate()
  const namespace = parents.modern ? document.allocate() : 0
  if (parents.modern) document.put(namespace, '<</Type/Namespace/NS(http://iso.org/pdf2/ssn)>>')
  allocateIds(document, root)
  new NodeWriter(document, parents.modern ? modernTypes(namespace) : classicTypes).write(root, treeId)
  const numbers = writeParentTree(document, parents)
  const identifiers = writeIdentifiers(document, root)
  const next = parents.pages.length + parents.annotations.length
  document.put(
    treeId,
    `<</Type/StructTreeRoot/K ${reference(root.id)}/ParentTree ${reference(numbers)}/ParentTreeNextKey ${next}${parents.modern ? `/Namespaces[${reference(namespace)}]` : ROLE_MAP}${identifiers}>>`,
  )
  document._root.data.StructTreeRoot = raw(reference(treeId))
  document._root.data.MarkInfo = raw('<</Marked true>>')
}

/** Document order where a node holds only elements; notes after the text that calls them in any case. */
function prepare(node: StructureNode): void {
  const rank = (kid: StructureKid): number => (kid.kind === 'node' ? kid.node.properties.order : 0)
  if (node.kids.every((kid) => kid.kind === 'node')) {
    node.kids.sort((a, b) => rank(a) - rank(b))
  } else {
    const isNote = (kid: StructureKid): boolean => kid.kind === 'node' && kid.node.type === 'Note'
    const notes = node.kids.filter(isNote)
    if (notes.length > 0) node.kids.splice(0, node.kids.length, ...node.kids.filter((kid) => !isNote(kid)), ...notes)
  }
  if (node.type === 'L') node.attributes.push(listNumbering(node))
  for (const kid of node.kids) if (kid.kind === 'node') prepare(kid.node)
}

/** Table 347: a list whose items have labels says what they are. */
function listNumbering(list: StructureNode): string {
  const labelled = list.kids.some((kid) => kid.kind === 'node' && kid.node.hasKid('Lbl'))
  const kind = labelled ? (list.properties.listNumbering ?? 'Disc') : 'None'
  return `<</O/List/ListNumbering/${kind}>>`
}

/** PDF/UA-1, section 7.4.2: levels go down one at a time, whatever the source skips. */
function numberHeadings(root: StructureNode): void {
  const open: number[] = []
  const visit = (node: StructureNode): void => {
    const level = node.properties.headingLevel
    if (level !== undefined) {
      while (open.length > 0 && (open[open.length - 1] ?? 0) >= level) open.pop()
      open.push(level)
      node.type = `H${open.length}`
    }
    for (const kid of node.kids) if (kid.kind === 'node') visit(kid.node)
  }
  visit(root)
}

function allocateIds(document: PackedDocument, node: StructureNode): void {
  node.id = document.allocate()
  for (const kid of node.kids) if (kid.kind === 'node') allocateIds(document, kid.node)
}

class NodeWriter {
  readonly #document: PackedDocument
  readonly #types: TypeWriter

  constructor(document: PackedDocument, types: TypeWriter) {
    this.#document = document
    this.#types = types
  }

  write(node: StructureNode, parentId: number): void {
    const { language, alternative, expansion, identifier } = node.properties
    const page = node.kids.find((kid) => kid.kind === 'content')?.page ?? 0
    let text = `<<${this.#types.typeEntries(node.type)}/P ${reference(parentId)}`
    if (page) text += `/Pg ${reference(page)}`
    if (language) text += `/Lang${textString(language)}`
    if (alternative !== undefined) text += `/Alt${textString(alternative)}`
    if (expansion !== undefined) text += `/E${textString(expansion)}`
    if (identifier !== undefined) text += `/ID${textString(identifier)}`
    if (node.attributes.length === 1) text += `/A${node.attributes[0]}`
    else if (node.attributes.length > 1) text += `/A[${node.attributes.join('')}]`
    const kids = node.kids.map((kid) => kidText(kid, page))
    if (kids.length > 0) text += kids.length === 1 ? `/K ${kids[0]}` : `/K[${kids.join(' ')}]`
    this.#document.put(node.id, `${text}>>`)
    for (const kid of node.kids) if (kid.kind === 'node') this.write(kid.node, node.id)
  }
}

function kidText(kid: StructureKid, page: number): string {
  if (kid.kind === 'node') return reference(kid.node.id)
  if (kid.kind === 'object') return `<</Type/OBJR/Obj ${reference(kid.object)}/Pg ${reference(kid.page)}>>`
  if (kid.page === page) return `${kid.identifier}`
  return `<</Type/MCR/Pg ${reference(kid.page)}/MCID ${kid.identifier}>>`
}

function writeParentTree(document: PackedDocument, parents: ParentTree): number {
  const entries: string[] = []
  parents.pages.forEach((owners, key) => {
    if (owners.length === 0) return
    const id = document.allocate()
    document.put(id, `[${owners.map((owner) => reference(owner.id)).join(' ')}]`)
    entries.push(`${key} ${reference(id)}`)
  })
  parents.annotations.forEach((owner, i) => {
    entries.push(`${parents.pages.length + i} ${reference(owner.id)}`)
  })
  const id = document.allocate()
  document.put(id, `<</Nums[${entries.join(' ')}]>>`)
  return id
}

/** The name tree of element identifiers (section 14.7.2), sorted. */
function writeIdentifiers(document: PackedDocument, root: StructureNode): string {
  const found: { readonly name: string; readonly id: number }[] = []
  const visit = (node: StructureNode): void => {
    const name = node.properties.identifier
    if (name !== undefined) found.push({ name, id: node.id })
    for (const kid of node.kids) if (kid.kind === 'node') visit(kid.node)
  }
  visit(root)
  if (found.length === 0) return ''
  found.sort((a, b) => (a.name < b.name ? -1 : 1))
  const id = document.allocate()
  document.put(id, `<</Names[${found.map((entry) => `${textString(entry.name)} ${reference(entry.id)}`).join(' ')}]>>`)
  return `/IDTree ${reference(id)}`
}

/** A picture's place on its page in points from the lower left corner, for its Layout attributes (table 344). */
export function boundingBoxAttributes(box: readonly [number, number, number, number], placement: 'Block' | 'Inline'): string {
  return `<</O/Layout/Placement/${placement}/BBox[${box.map(number).join(' ')}]>>`
}
