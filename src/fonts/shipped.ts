/**
 * The fonts that travel with the tool (all under the SIL Open Font License). In: the folder that holds their packages. Out: a
 * face per file, and which family serves a generic name or a script.
 */
import { join } from 'node:path'

export interface ShippedFace {
  readonly family: string
  readonly weight: number
  readonly italic: boolean
  /** Absolute path. */
  readonly path: string
}

const weightNames: Readonly<Record<number, string>> = {
  200: '200ExtraLight',
  300: '300Light',
  400: '400Regular',
  500: '500Medium',
  600: '600SemiBold',
  700: '700Bold',
  800: '800ExtraBold',
  900: '900Black',
}

interface Family {
  readonly family: string
  readonly package: string
  readonly file: string
  readonly italics: boolean
}

const families: readonly Family[] = [
  { family: 'Source Serif 4', package: 'source-serif-4', file: 'SourceSerif4', italics: true },
  { family: 'Source Sans 3', package: 'source-sans-3', file: 'SourceSans3', italics: true },
  { family: 'Source Code Pro', package: 'source-code-pro', file: 'SourceCodePro', italics: true },
  { family: 'Noto Sans Khmer', package: 'noto-sans-khmer', file: 'NotoSansKhmer', italics: false },
  { family: 'Noto Sans Lao', package: 'noto-sans-lao', file: 'NotoSansLao', italics: false },
]

/** Families that are asked, in this order, for a character that no family of the list has (CSS Fonts 4, section 5.3). */
export const fallbackFamilies: readonly string[] = [
  'Source Serif 4',
  'Source Sans 3',
  'Noto Sans Khmer',
  'Noto Sans Lao',
  'Source Code Pro',
]

/** The family that a generic name stands for; undefined where the name is not generic (CSS Fonts 4, section 2.1.3). */
export function genericFamily(name: string): string | undefined {
  switch (name.toLowerCase()) {
    case 'serif':
    case 'ui-serif':
    case 'math':
    case 'fangsong':
    case 'cursive':
    case 'fantasy':
      return 'Source Serif 4'
    case 'sans-serif':
    case 'system-ui':
    case 'ui-sans-serif':
    case 'ui-rounded':
      return 'Source Sans 3'
    case 'monospace':
    case 'ui-monospace':
      return 'Source Code Pro'
    default:
      return undefined
  }
}

/** Every shipped face; no file is opened. `folder` holds a folder per package. */
export function shippedFaces(folder: string): readonly ShippedFace[] {
  return families.flatMap(({ family, package: name, file, italics }) =>
    Object.entries(weightNames).flatMap(([weight, weightName]) =>
      (italics ? [false, true] : [false]).map((italic) => {
        const folderName = italic ? `${weightName}_Italic` : weightName
        return { family, weight: Number(weight), italic, path: join(folder, name, folderName, `${file}_${folderName}.ttf`) }
      }),
    ),
  )
}
