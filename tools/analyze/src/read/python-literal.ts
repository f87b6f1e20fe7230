const token =
  /\s*(?:([{}[\](),:])|('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|([+-]?(?:nan|inf(?:inity)?|(?:\d[\d_]*\.?\d*|\.\d+)(?:e[+-]?\d+)?))|(\w+))/iy

/**
 * A Python literal (`{'lr': 0.1, 'betas': (0.9, 0.999), 'amp': True}`), as data frames of W&B runs hold them when
 * written as CSV. Undefined where it is none. Tuples become arrays, None null.
 */
export const pythonLiteral = (text: string): unknown => {
  let at = 0
  const next = (): RegExpExecArray | undefined => {
    token.lastIndex = at
    const found = token.exec(text)
    if (found === null) throw new SyntaxError("no Python literal")
    at = token.lastIndex
    return found
  }
  const peek = (): string | undefined => {
    const before = at
    const found = next()
    at = before
    return found?.[1]
  }
  const expect = (sign: string): void => {
    if (next()?.[1] !== sign) throw new SyntaxError(`no ${sign}`)
  }
  const items = (end: string): ReadonlyArray<unknown> => {
    const all: Array<unknown> = []
    while (peek() !== end) {
      all.push(value())
      if (peek() !== ",") break
      expect(",")
    }
    expect(end)
    return all
  }
  const value = (): unknown => {
    const [, sign, quoted, number, word] = next() ?? []
    if (sign === "{") return object()
    if (sign === "[") return items("]")
    if (sign === "(") return items(")")
    if (quoted !== undefined) return unquoted(quoted)
    if (number !== undefined) return numberOf(number)
    if (word === "True" || word === "False") return word === "True"
    if (word === "None") return null
    throw new SyntaxError("no Python literal")
  }
  const object = (): Readonly<Record<string, unknown>> => {
    const entries: Array<[string, unknown]> = []
    while (peek() !== "}") {
      const key = String(value())
      expect(":")
      entries.push([key, value()])
      if (peek() !== ",") break
      expect(",")
    }
    expect("}")
    return Object.fromEntries(entries)
  }
  try {
    const whole = value()
    return text.slice(at).trim() === "" ? whole : undefined
  } catch {
    return undefined
  }
}

const unquoted = (quoted: string): string =>
  quoted
    .slice(1, -1)
    .replace(/\\(.)/g, (_, character: string) => ({ n: "\n", t: "\t", r: "\r" })[character] ?? character)

const numberOf = (text: string): number => {
  const plain = text.toLowerCase().replaceAll("_", "")
  if (/nan/.test(plain)) return Number.NaN
  if (/inf/.test(plain)) return plain.startsWith("-") ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  return Number(plain)
}
