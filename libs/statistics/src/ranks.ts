import { normalQuantile } from "./normal.ts"

/** Ranks from 1; equal values share their mean rank. */
export const ranks = (of: ReadonlyArray<number>): Array<number> => {
  const order = of.map((_, i) => i).sort((a, b) => of[a]! - of[b]!)
  const result = new Array<number>(of.length).fill(0)
  for (let start = 0; start < order.length; ) {
    let end = start
    while (end + 1 < order.length && of[order[end + 1]!] === of[order[start]!]) end++
    for (let i = start; i <= end; i++) result[order[i]!] = (start + end) / 2 + 1
    start = end + 1
  }
  return result
}

/** Normal scores of the ranks (Blom 1958): bad values far away lose their leverage, the order stays. */
export const normalScores = (of: ReadonlyArray<number>): Array<number> =>
  ranks(of).map((rank) => normalQuantile((rank - 0.375) / (of.length + 0.25)))

/** Spearman's rank correlation of two equally long lists; 0 where one of them is constant. */
export const rankCorrelation = (a: ReadonlyArray<number>, b: ReadonlyArray<number>): number => {
  const [rankedA, rankedB] = [ranks(a), ranks(b)]
  const centre = (a.length + 1) / 2
  let cross = 0
  let squaresA = 0
  let squaresB = 0
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [rankedA[i]! - centre, rankedB[i]! - centre]
    cross += x * y
    squaresA += x * x
    squaresB += y * y
  }
  return squaresA === 0 || squaresB === 0 ? 0 : cross / Math.sqrt(squaresA * squaresB)
}
