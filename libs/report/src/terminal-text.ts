import { withoutControls } from "@tanren/terms"

/** Columns that a character takes in a terminal: Chinese, Japanese and Korean ones take two. */
const columnsOf = (character: string): number =>
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}/u.test(
    character,
  )
    ? 2
    : /\p{Mark}/u.test(character)
      ? 0
      : 1

export const displayWidth = (text: string): number =>
  [...text].reduce((width, character) => width + columnsOf(character), 0)

/** On one line, and without what a terminal would obey: names come from strangers' files. */
export const plain = (text: string): string => withoutControls(text).replace(/[\t\n]+/g, " ")

/** Lines of at most `width` columns, broken at spaces, or between wide characters. */
export const wrap = (text: string, width: number, indent = ""): ReadonlyArray<string> => {
  const room = Math.max(10, width - displayWidth(indent))
  const lines: string[] = []
  let line = ""
  for (const word of plain(text).match(/ +|[^\s\u3000-\u9fff\uff00-\uffef]+|[\u3000-\u9fff\uff00-\uffef]/gu) ?? []) {
    const fits = displayWidth(line + word) <= room || /^[，．、。）」]$/.test(word)
    if (!fits) {
      lines.push(line.trimEnd())
      line = ""
    }
    if (line !== "" || word.trim() !== "") line += word
  }
  if (line.trim() !== "") lines.push(line.trimEnd())
  return lines.map((one) => indent + one)
}

/** Columns padded to their widest cell, two spaces apart. */
export const textTable = (rows: ReadonlyArray<ReadonlyArray<string>>, indent = ""): ReadonlyArray<string> => {
  const cells = rows.map((row) => row.map(plain))
  const widths = (cells[0] ?? []).map((_, column) =>
    cells.reduce((widest, row) => Math.max(widest, displayWidth(row[column] ?? "")), 0),
  )
  return cells.map((row) =>
    (indent + row.map((cell, column) => cell + " ".repeat(widths[column]! - displayWidth(cell))).join("  ")).trimEnd(),
  )
}
