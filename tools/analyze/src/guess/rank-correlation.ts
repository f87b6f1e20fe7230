/** Ranks from 0; equal values share their mean rank. */
const ranks = (values: ReadonlyArray<number>): ReadonlyArray<number> => {
  const order = values.map((value, at) => ({ value, at })).sort((a, b) => a.value - b.value)
  const ranked = new Array<number>(values.length).fill(0)
  for (let from = 0, to = 0; from < order.length; from = to) {
    while (to < order.length && order[to]?.value === order[from]?.value) to++
    for (const { at } of order.slice(from, to)) ranked[at] = (from + to - 1) / 2
  }
  return ranked
}

/** Spearman's rank correlation of two equally long lists; 0 where one of them is constant. */
export const rankCorrelation = (a: ReadonlyArray<number>, b: ReadonlyArray<number>): number => {
  const [ra, rb] = [ranks(a), ranks(b)]
  const centre = (a.length - 1) / 2
  let cross = 0
  let squaresA = 0
  let squaresB = 0
  ra.forEach((rank, at) => {
    const [x, y] = [rank - centre, (rb[at] ?? centre) - centre]
    cross += x * y
    squaresA += x * x
    squaresB += y * y
  })
  return squaresA === 0 || squaresB === 0 ? 0 : cross / Math.sqrt(squaresA * squaresB)
}
