import { type Content, html } from "../html.ts"

const longest = 6000

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === "object" && Object.keys(value).length === 0)

/** What a rule saw or said, as it was recorded: folded away, for whoever asks why. */
export const evidence = (value: unknown, title: string): Content => {
  if (isEmpty(value)) return null
  const text = typeof value === "string" ? value : JSON.stringify(value, shortNumbers, 1)
  const shown = text.length > longest ? `${text.slice(0, longest)}\n…` : text
  return html`<details><summary>${title}</summary><pre>${shown}</pre></details>`
}

const shortNumbers = (_key: string, value: unknown): unknown =>
  typeof value === "number" && Number.isFinite(value) && !Number.isInteger(value)
    ? Number(value.toPrecision(6))
    : typeof value === "number" && !Number.isFinite(value)
      ? String(value)
      : value
