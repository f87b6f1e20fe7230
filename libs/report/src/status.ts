import type { ReportData } from "./data.ts"
import type { Words } from "./language/index.ts"

export interface StatusText {
  readonly word: string
  readonly label: string
  readonly note: string
  readonly ended: boolean
}

const ended = new Set(["finished", "completed", "cancelled", "failed", "analysis"])

/** `failed: no disk space` is a word that is known, and a note. */
export const statusOf = ({ status }: ReportData, words: Words): StatusText => {
  const [word = "", ...rest] = status.split(":")
  return { word, label: words.status[word] ?? word, note: rest.join(":").trim(), ended: ended.has(word) }
}
