/** Markup that is known to be safe: only `html` and `trusted` make it, and `html` escapes every text put into it. */
export interface Html {
  readonly markup: string
}

export type Content = Html | string | number | null | undefined | false | ReadonlyArray<Content>

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
}

export const escapeText = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? "")

/** Markup from elsewhere (Vega's SVG) that has escaped its texts itself. */
export const trusted = (markup: string): Html => ({ markup })

const isMarkup = (content: Content): content is Html =>
  typeof content === "object" && content !== null && "markup" in content

const markupOf = (content: Content): string => {
  if (content === null || content === undefined || content === false) return ""
  if (isMarkup(content)) return content.markup
  if (typeof content === "object") return content.map(markupOf).join("")
  return escapeText(String(content))
}

/** Tagged template: names, questions and reasons come from strangers' files and are never markup. */
export const html = (strings: TemplateStringsArray, ...contents: ReadonlyArray<Content>): Html => ({
  markup: strings.reduce((page, text, index) => page + markupOf(contents[index - 1]) + text),
})

/** JSON that cannot close the script element it stands in. */
export const embeddedJson = (value: unknown): Html => trusted(JSON.stringify(value).replace(/</g, "\\u003c"))

/** A word of the data as a class name. */
export const className = (word: string): string => word.replace(/[^a-z-]/g, "")

/** A sentence in which no number is parted from its percent sign. */
export const prose = (text: string): string => text.replace(/(\d) %/g, "$1\u00a0%")

/** The first sentence, which says what is the case, and the rest, which says how sure it is. */
export const sentences = (text: string): { readonly first: string; readonly rest: string } => {
  const [, first = text, rest = ""] = /^(.+?(?:\.\s|[．。]\s*))(.+)$/su.exec(text) ?? []
  return { first, rest }
}
