/** Types of css-support.mjs for the tests. */
import type { CssSupport } from '../src/css/support.js'

export const documentFile: string
export function figuresOf(document: string): string
export function withFigures(document: string, figures: string): string
export function cssDocument(support: CssSupport, figures: string): string
