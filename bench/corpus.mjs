// A long text from the sentences of the shipped content, drawn by a fixed rule so that every run sets the same words.
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const sources = [
  'content/cambodia-laos-defence.md',
  'content/evening-closures-library.md',
  'docs/markdown.md',
  'docs/templates.md',
  'docs/cli.md',
]

/** Sentences of running prose, without marks of Markdown. */
export function sentences() {
  return sources.flatMap((source) =>
    readFileSync(join(root, source), 'utf8')
      .replace(/^---\n[\s\S]*?\n---\n/, '')
      .split(/\n\s*\n/)
      .filter((block) => /^[A-Z]/.test(block) && !/[|`{}<>$@]|::/.test(block))
      .flatMap(
        (block) =>
          block
            .replace(/\s+/g, ' ')
            .replace(/\[\^[^\]]*\]|\*+|\[([^\]]*)\]\([^)]*\)/g, '$1')
            .match(/[A-Z“][^.?!]{20,}[.?!]/g) ?? [],
      ),
  )
}

function* numbers(seed) {
  for (let state = seed; ; ) {
    state = (state * 1664525 + 1013904223) >>> 0
    yield state / 2 ** 32
  }
}

/** Paragraphs of two to eight sentences, `words` words in all. */
export function paragraphs(words) {
  const pool = sentences()
  const next = numbers(7)
  const draw = () => next.next().value
  const made = []
  for (let count = 0; count < words; ) {
    const text = Array.from({ length: 2 + Math.floor(draw() * 7) }, () => pool[Math.floor(draw() * pool.length)]).join(' ')
    made.push(text)
    count += text.split(' ').length
  }
  return made
}
