/**
 * Patterns for the numbers that a program prints with names in front of them (`train loss 0.18, validation error 0.11`),
 * for programs that report nothing. Names that appear on one line only are taken for settings.
 */
export const printedMetrics = (output: string): Readonly<Record<string, string>> => {
  const seen = new Map<string, Printed & { readonly lines: Set<number> }>()
  for (const [at, line] of output.split(/\r?\n/).entries()) {
    for (const match of line.matchAll(NAMED)) {
      const printed = { words: match[1]!, about: about(line.slice(0, match.index), match[1]!) }
      const key = JSON.stringify(printed)
      const known = seen.get(key) ?? { ...printed, lines: new Set<number>() }
      known.lines.add(at)
      seen.set(key, known)
    }
  }
  const often = [...seen.values()].filter(({ lines }) => lines.size > 1)
  const patterns: Record<string, string> = {}
  for (const printed of often) {
    const name = metricName(printed)
    if (name !== undefined && !(name in patterns)) patterns[name] = patternOf(printed, often, name === "step")
  }
  return Object.keys(patterns).some((name) => name !== "step") ? patterns : {}
}

/** `words` stand right before the number; `about` is a word before them that tells which data it is about. */
interface Printed {
  readonly words: string
  readonly about: string | null
}

const NAMED =
  /([A-Za-z][A-Za-z_/@.]*(?: [A-Za-z][A-Za-z_/@.]*)*)\s*[=:]?\s*(?:[-+]?\d[\d.]*(?:e[-+]?\d+)?|nan|inf)(?![\w])/gi
const ON_VALIDATION = /(?<![a-z])(val|valid|validation|dev|eval|evaluation|test)(?![a-z])/i

const about = (before: string, words: string): string | null =>
  ON_VALIDATION.test(words) ? null : (ON_VALIDATION.exec(before)?.[0] ?? null)

/** The standard names, where a printed one means them; the first of a kind is taken. */
const metricName = ({ words, about: told }: Printed): string | undefined => {
  const text = words.toLowerCase()
  if (told === null && /\b(epoch|step|iter(ation)?)\b/.test(text)) return "step"
  const kinds = { loss: /loss|nll|cross.?entropy/, accuracy: /acc/, error: /err/ }
  const kind = Object.entries(kinds).find(([, pattern]) => pattern.test(text))?.[0]
  if (kind === undefined) return undefined
  return told !== null || ON_VALIDATION.test(text) ? `valid/${kind}` : `train/${kind}`
}

const patternOf = ({ words, about: told }: Printed, all: ReadonlyArray<Printed>, step: boolean): string => {
  const number = `${escaped(words)}\\s*[=:]?\\s*(${step ? "\\d+" : "[-+\\w.]+"})`
  if (told !== null) return `${told}.*?${number}`
  const others = all.filter((other) => other.words !== words || other.about !== null)
  const elsewhere = others.find((other) => other.about !== null && other.words.endsWith(words))?.about
  if (elsewhere) return `^(?!.*${elsewhere}).*?${number}`
  // `loss` must not be found inside `val_loss`.
  return others.some((other) => other.words.endsWith(words)) ? `(?<![A-Za-z_/] ?)${number}` : number
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\/]/g, "\\$&")
