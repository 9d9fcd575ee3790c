/** A source for slides with each kind of block, from small to far too large for one, every word of it unlike the others. */

/** Words of letters only, each unlike the others, that no ligature or hyphen changes. */
function wordMaker(): { readonly some: (count: number) => string; readonly words: string[] } {
  const words: string[] = []
  const letters = 'abcdeghkmnoprsuvwz'
  const word = (index: number): string => {
    const digits = Array.from({ length: 4 }, (_, place) => letters.charAt(Math.floor(index / letters.length ** place) % letters.length))
    return `q${digits.join('')}`
  }
  return {
    words,
    some: (count) =>
      Array.from({ length: count }, () => {
        const made = word(words.length * 7 + 1)
        words.push(made)
        return made
      }).join(' '),
  }
}

/** The source and its words; the figure is security-chain.svg. */
export function overfull(ratio: string): { readonly source: string; readonly words: readonly string[] } {
  const { some, words } = wordMaker()
  const list = (items: number, length: number) => Array.from({ length: items }, () => `- ${some(length)}`).join('\n')
  const table = (rows: number, columns: number, length: number) => {
    const row = () => `| ${Array.from({ length: columns }, () => some(length)).join(' | ')} |`
    return [row(), `|${' --- |'.repeat(columns)}`, ...Array.from({ length: rows }, row)].join('\n')
  }
  const sentences = (count: number) => Array.from({ length: count }, () => sentence()).join(' ')
  const sentence = () => {
    const text = some(12)
    words[words.length - 12] = `Q${(words[words.length - 12] as string).slice(1)}`
    return `Q${text.slice(1)}.`
  }
  const parts = [
    `## ${some(3)}\n\n${list(24, 4)}\n\n::: notes\n${some(9)}\n:::`,
    `## ${some(3)}\n\n${list(5, 60)}`,
    `## ${some(24)}\n\n${list(3, 5)}`,
    `## ${some(3)}\n\n${table(40, 3, 2)}\n\n: ${some(4)}\n\nSource: ${some(3)}.`,
    `## ${some(3)}\n\n${table(3, 5, 14)}`,
    `## ${some(3)}\n\n> ${sentences(14)}`,
    `## ${some(3)}\n\n> ${some(90)}`,
    `## ${some(3)}\n\n\`\`\`\n${Array.from({ length: 45 }, () => some(3)).join('\n')}\n\`\`\``,
    `## ${some(3)}\n\n${some(55)}`,
    `## ${some(3)}\n\n${Array.from({ length: 9 }, () => `${some(2)}\n: ${some(22)}`).join('\n\n')}`,
    `## ${some(3)}\n\n:::: columns\n::: column\n${list(7, 6)}\n:::\n::: column\n${sentences(4)}\n:::\n::::`,
    `## ${some(3)}\n\n> [!WARNING]\n> ${sentences(13)}`,
    `## ${some(3)} {slides=own}\n\n${sentences(5)}\n\n${list(6, 8)}\n\n${sentences(5)}`,
    `## ${some(3)}\n\n- ${some(4)}[^n]\n\n[^n]: ${some(40)}`,
    `## ${some(3)}\n\n![${some(5)}](security-chain.svg)\n\nSource: ${some(3)}.`,
  ]
  return { source: `---\ntitle: Overfull\nlang: en\nslides: { ratio: "${ratio}" }\n---\n\n${parts.join('\n\n')}\n`, words }
}
