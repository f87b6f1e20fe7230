/**
 * Patterns for the numbers that a program prints with names in front of them (`train loss 0.18, validation error 0.11`),
 * for programs that report nothing. Names that appear on one line only are taken for settings.
 */
export const printedMetrics = (output: string): Readonly<Record<string, string>> => {
  const seen = new Map<string, number>()
  for (const line of output.split(/\r?\n/)) {
    const onThisLine = new Set([...line.matchAll(NAMED)].map((match) => match[1]!))
    for (const name of onThisLine) seen.set(name, (seen.get(name) ?? 0) + 1)
  }
  const often = [...seen].filter(([, lines]) => lines > 1).map(([name]) => name)
  const patterns: Record<string, string> = {}
  for (const printed of often) {
    const name = metricName(printed)
    if (name === undefined || name in patterns) continue
    // `loss` must not be found inside `val_loss`.
    const before = often.some((other) => other !== printed && other.endsWith(printed)) ? "(?<![A-Za-z_/] ?)" : ""
    patterns[name] = `${before}${escaped(printed)}\\s*[=:]?\\s*(${name === "step" ? "\\d+" : "[-+\\w.]+"})`
  }
  return Object.keys(patterns).some((name) => name !== "step") ? patterns : {}
}

const NAMED = /([A-Za-z][A-Za-z_/@.]*(?: [A-Za-z][A-Za-z_/@.]*)*)\s*[=:]?\s*(?:[-+]?\d[\d.]*(?:e[-+]?\d+)?|nan|inf)\b/gi

/** The standard names, where a printed one means them; the first of a kind is taken. */
const metricName = (printed: string): string | undefined => {
  const text = printed.toLowerCase()
  if (/\b(epoch|step|iter(ation)?)\b/.test(text)) return "step"
  const kind = /loss|nll|cross.?entropy/.test(text)
    ? "loss"
    : /acc/.test(text)
      ? "accuracy"
      : /err/.test(text)
        ? "error"
        : undefined
  if (kind === undefined) return undefined
  return /(^|[^a-z])(val|valid|validation|dev|eval|test)/.test(text) ? `valid/${kind}` : `train/${kind}`
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")
