import { problems } from "./problems/index.ts"
import { averageRanks, type Cells } from "./summary.ts"

const regretText = (regret: number): string => (Number.isFinite(regret) ? regret.toPrecision(2) : "none feasible")

const row = (cells: ReadonlyArray<string>): string => `| ${cells.join(" | ")} |`

const tableOf = (head: ReadonlyArray<string>, rows: ReadonlyArray<ReadonlyArray<string>>): string =>
  [row(head), row(head.map(() => "---")), ...rows.map(row)].join("\n")

/**
 * Median regret of each method on each problem: seeds in parentheses, evaluations at infeasible points in brackets,
 * the least in bold.
 */
export const regretTable = (cells: Cells, methods: ReadonlyArray<string>): string => {
  const rows = problems.flatMap(({ name }) => {
    const found = cells.get(name)
    if (found === undefined) return []
    const least = Math.min(...methods.map((method) => found.get(method)?.regret ?? Number.POSITIVE_INFINITY))
    const texts = methods.map((method) => {
      const cell = found.get(method)
      if (cell === undefined) return "–"
      const regret = regretText(cell.regret)
      const lost = cell.infeasible > 0 ? ` [${cell.infeasible}]` : ""
      return `${cell.regret === least ? `**${regret}**` : regret} (${cell.seeds})${lost}`
    })
    return [[name, ...texts]]
  })
  return tableOf(["problem", ...methods], rows)
}

/** Average rank of all methods on the problems that all of them ran, and of the first against each other alone. */
export const rankLines = (cells: Cells, methods: ReadonlyArray<string>): ReadonlyArray<string> => {
  const told = (among: ReadonlyArray<string>) => {
    const { problems: count, ranks } = averageRanks(cells, among)
    if (count === 0) return []
    const sorted = [...ranks].toSorted(([, a], [, b]) => a - b)
    return [`over ${count} problems: ${sorted.map(([name, rank]) => `${name} ${rank.toFixed(2)}`).join(", ")}`]
  }
  const [first = "", ...others] = methods
  const ownOnEach = others.flatMap((other) => {
    const pairs = [...cells.values()].flatMap((found) => {
      const [mine, theirs] = [found.get(first), found.get(other)]
      return mine === undefined || theirs === undefined ? [] : [{ mine: mine.regret, theirs: theirs.regret }]
    })
    if (pairs.length === 0) return []
    const noWorse = pairs.filter(({ mine, theirs }) => mine <= theirs).length
    return [`${first} no worse than ${other} on ${noWorse} of ${pairs.length} problems`]
  })
  return [...told(methods), ...ownOnEach]
}
