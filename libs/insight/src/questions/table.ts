import { questions } from "./index.ts"

const start = "<!-- The table is written by libs/insight/write-reference.ts from the list of questions. -->"
const end = "<!-- The end of that table. -->"

/** The questions as docs/insight.md shows them, a row each; a star marks those that need the retraining noise. */
const table = (): string =>
  [
    "| question | asks | playbook | `problem` when | action |",
    "| --- | --- | --- | --- | --- |",
    ...questions.map(
      ({ id, title, section, docs, needsNoise }) =>
        `| \`${id}\`${needsNoise ? "*" : ""} | ${title.en} | ${section} | ${docs.problem} | ${docs.action} |`,
    ),
  ].join("\n")

/** A page with the table of today's questions in the place of the one that it holds. */
export const withTable = (page: string): string => {
  const [from, to] = [page.indexOf(start), page.indexOf(end)]
  if (from === -1 || to < from) throw new Error(`the page has no place for the table: ${start} … ${end}`)
  return `${page.slice(0, from + start.length)}\n\n${table()}\n\n${page.slice(to)}`
}
