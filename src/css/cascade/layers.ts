/**
 * Cascade layers (CSS Cascade 5, section 6.4). In: layer names as they are met. Out: their order, later winning; what is in no
 * layer comes last.
 */
export interface Layer {
  readonly children: Map<string, Layer>
  /** Known once all sheets are read. */
  rank: number
}

/** A tree of layers for one origin. */
export function rootLayer(): Layer {
  return { children: new Map(), rank: 0 }
}

/** The layer of a dotted name below `parent`, made if need be; an empty name makes one without a name. */
export function layerOf(parent: Layer, name: string): Layer {
  let layer = parent
  for (const part of name === '' ? [` ${parent.children.size}`] : name.split('.')) {
    let child = layer.children.get(part)
    if (!child) {
      child = rootLayer()
      layer.children.set(part, child)
    }
    layer = child
  }
  return layer
}

/** Numbers all layers from 0; a layer's own rules come after its sublayers'. */
export function rankLayers(layer: Layer, from: number): number {
  let next = from
  for (const child of layer.children.values()) next = rankLayers(child, next)
  layer.rank = next
  return next + 1
}
