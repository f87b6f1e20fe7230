/**
 * Patterns for the numbers that a program prints with names in front of them (`train loss 0.18, validation error 0.11`),
 * for programs that report nothing. Names that appear on one line only are taken for settings, unless they are all that
 * is said of validation data (`Final test accuracy: 0.93`).
 */
export const printedMetrics = (lines: ReadonlyArray<string>): Readonly<Record<string, string>> => {
  const onValidation = (some: ReadonlyArray<Printed>) => some.some((one) => metricName(one)?.startsWith("valid/"))
  const named = printedIn(lines)
  // A number that is the same at each evaluation is more likely the size of a data set than a result; the best so far
  // never worsens. Either is better than nothing.
  const moving = named.filter((one) => one.count < 2 || one.values.size > 1 || metricName(one) === "step")
  const current = moving.filter(({ words }) => !BEST.test(words))
  const all = [current, moving].find(onValidation) ?? named
  const often = all.filter(({ count }) => count > 1)
  const told = onValidation(often) ? often : [...often, ...all.filter((one) => one.count === 1 && onValidation([one]))]
  const kept = countedFromZero(told)
  const patterns: Record<string, string> = {}
  // A step that is told apart from data comes before one of an evaluation, which may count its batches.
  for (const printed of kept.toSorted((a, b) => stepRank(a) - stepRank(b))) {
    const name = metricName(printed)
    if (name !== undefined && !(name in patterns)) patterns[name] = patternOf(printed, named, name === "step")
  }
  return Object.keys(patterns).some((name) => name !== "step") ? patterns : {}
}

/**
 * `words` stand right before the number, `#` among them for a whole number that counts something (`on the # test
 * images`); `about` is a word before them that tells which data it is about.
 */
interface Printed {
  readonly words: string
  readonly about: string | null
  /** The name stands in quotes, as in a printed dict. */
  readonly quoted: boolean
  /** `9001/10000 (90%)`: the share is meant. */
  readonly share: boolean
  /** On so many lines. */
  readonly count: number
  readonly numbers: ReadonlySet<number>
  readonly values: ReadonlySet<string>
}

/** `val_loss`, `Acc@1`, `F1`, `top5`: digits belong to a name where it is a metric's. */
const WORD =
  "(?:(?:[A-Za-z_/.]*(?<![A-Za-z]))(?:F|R|acc|top|prec|mAP|hits)\\d{1,2}(?![\\w.])|[A-Za-z][A-Za-z_/.]*(?:@\\d+)?)"
const NAMED = new RegExp(
  `(${WORD}(?: ${WORD})*)(["']?)\\s*[=:]?\\s*\\[?\\s*([-+]?\\d[\\d.]*(?:e[-+]?\\d+)?|nan|inf)(?![\\w])`,
  "gi",
)
/** `Accuracy of the model on the 10000 test images: 97.5 %`: the first number belongs to the name of the second. */
const COUNTS = /\b(after|all|at|for|from|in|of|on|over|the|using|with) \d+$/i
const GOES_ON = /^ ([A-Za-z][A-Za-z_/. ]*?)\s*[=:]\s*([-+]?\d[\d.]*(?:e[-+]?\d+)?|nan|inf)(?![\w])/i
const BEST = /(?<![a-z])(best|max|min|highest|lowest)(?![a-z])/i
const ON_VALIDATION = /(?<![a-z])(val|valid|validation|dev|eval|evaluation|test)(?![a-z])/i
const ON_TRAINING = /(?<![a-z])(train|training)(?![a-z])/i
/** How torchvision's programs and their like begin the line that sums up an evaluation: ` * Acc@1 71.5 Acc@5 90.1`. */
const SUMMARY = /^\s*\*\s/
const SHARE = /^\/\d+\s*\(\s*\d[\d.]*\s*%/

const printedIn = (lines: ReadonlyArray<string>): ReadonlyArray<Printed> => {
  const seen = new Map<
    string,
    Printed & { readonly lines: Set<number>; readonly numbers: Set<number>; readonly values: Set<string> }
  >()
  for (const [at, line] of lines.entries()) {
    for (const match of line.matchAll(NAMED)) {
      const { words, quoted, number, end } = wholeName(match, line)
      const share = SHARE.test(line.slice(end))
      // A key of a dict tells all by itself.
      const printed = { words, about: quoted ? null : about(line.slice(0, match.index), words), quoted, share }
      const key = JSON.stringify(printed)
      const known = seen.get(key) ?? { ...printed, count: 0, lines: new Set(), numbers: new Set(), values: new Set() }
      known.lines.add(at)
      known.numbers.add(Math.floor(Number(number)))
      known.values.add(number)
      seen.set(key, known)
    }
  }
  const all = [...seen.values()].map((one) => ({ ...one, count: one.lines.size }))
  // Where a line sums up, the others are of single batches.
  return all.some(({ about }) => about === "*")
    ? all.filter((one) => one.about === "*" || !metricName(one)?.startsWith("valid/"))
    : all
}

const wholeName = (match: RegExpExecArray, line: string) => {
  const [text, words = "", quote = "", number = ""] = match
  const end = match.index + text.length
  const further = COUNTS.test(text) ? GOES_ON.exec(line.slice(end)) : null
  if (further === null) return { words, quoted: quote !== "", number, end }
  const [more, rest = "", value = ""] = further
  return { words: `${words} # ${rest}`, quoted: false, number: value, end: end + more.length }
}

const about = (before: string, words: string): string | null => {
  if (SUMMARY.test(before)) return "*"
  if (ON_VALIDATION.test(words) || ON_TRAINING.test(words)) return null
  // Of `val loss 0.3 | train: loss 0.2` the last one tells.
  return lastAt(ON_TRAINING, before) > lastAt(ON_VALIDATION, before) ? null : (ON_VALIDATION.exec(before)?.[0] ?? null)
}

const lastAt = (pattern: RegExp, text: string): number =>
  [...text.matchAll(new RegExp(pattern, "gi"))].at(-1)?.index ?? -1

/**
 * Where the first epoch is number 0, its result would be taken for one before any training. Then what is printed once an
 * epoch is counted instead: without a pattern for the step, a name that comes again begins the next.
 */
const countedFromZero = (all: ReadonlyArray<Printed>): ReadonlyArray<Printed> => {
  const step = all.find((one) => metricName(one) === "step")
  if (step === undefined || !/epoch/i.test(step.words) || !step.numbers.has(0) || step.numbers.size < 2) return all
  const epochs = step.numbers.size
  const onceEach = all.filter(
    (one) => ![undefined, "step"].includes(metricName(one)) && (one.count === epochs || one.count === epochs - 1),
  )
  return onceEach.length > 0 ? onceEach : all
}

const KINDS = {
  loss: /loss|nll|cross.?entropy/,
  accuracy: /acc|(?<![a-z])top\d/,
  error: /err/,
  rmse: /rmse/,
  mse: /mse/,
  mae: /(?<![a-z])mae(?![a-z])/,
  f1: /(?<![a-z])f1(?!\d)/,
  auc: /(?<![a-z])(roc_?)?au(ro)?c(?![a-z])/,
  bleu: /bleu/,
  iou: /iou(?![a-z])/,
  perplexity: /(?<![a-z])ppl(?![a-z])|perplexity/,
}

/** The standard names, where a printed one means them; the first of a kind is taken. */
const metricName = ({ words, about: told }: Pick<Printed, "words" | "about">): string | undefined => {
  const text = words.toLowerCase()
  if (told !== "*" && /(?<![a-z])(epoch|step|iter(ation)?)$/.test(text)) return "step"
  const kind = Object.entries(KINDS).find(([, pattern]) => pattern.test(text))?.[0]
  if (kind === undefined) return undefined
  return told !== null || ON_VALIDATION.test(text) ? `valid/${kind}` : `train/${kind}`
}

const stepRank = (printed: Printed): number => (metricName(printed) === "step" && printed.about !== null ? 1 : 0)

const patternOf = (printed: Printed, all: ReadonlyArray<Printed>, step: boolean): string => {
  const { words, about: told, quoted, share } = printed
  const named = `${escaped(words)}${quoted ? `["']` : ""}\\s*[=:]?\\s*`
  const number = share ? `${named}\\d+/\\d+\\s*\\(\\s*([\\d.]+)` : `${named}${step ? "\\[?\\s*(\\d+)" : "([-+\\w.]+)"}`
  if (told === "*") return `^\\s*\\*\\s.*?${number}`
  if (told !== null) return `${notBest(all, told, words)}${told}.*?${number}`
  const others = all.filter((other) => other.words !== words || other.about !== null)
  const elsewhere = others.find(
    (other) => other.about !== null && other.words.endsWith(words) && !(step && isSame(other.numbers, printed.numbers)),
  )?.about
  if (elsewhere) return elsewhere === "*" ? `^(?!\\s*\\*\\s).*?${number}` : `^(?!.*${elsewhere}).*?${number}`
  // `loss` must not be found inside `val_loss`.
  return others.some((other) => other.words.endsWith(words)) ? `(?<![A-Za-z_/] ?)${number}` : number
}

/** The epoch stands on the lines of training and of validation alike: one count, not the batches of an evaluation. */
const isSame = (one: ReadonlySet<number>, other: ReadonlySet<number>): boolean =>
  one.size === other.size && [...one].every((number) => other.has(number))

/** `val Acc: 0.9` is meant, not the `Best val Acc: 0.9` that ends a run. */
const notBest = (all: ReadonlyArray<Printed>, told: string, words: string): string => {
  const best = all.find(({ words: other }) => BEST.test(other) && other.includes(told) && other.endsWith(words))?.words
  return best === undefined ? "" : `(?<!${escaped(best.slice(0, best.indexOf(told)))})`
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\/]/g, "\\$&").replace("#", "\\d+")
