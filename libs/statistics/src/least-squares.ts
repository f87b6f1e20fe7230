/** Ordinary least squares; columns that others already span are dropped (coefficient 0). */
export interface LeastSquares {
  readonly coefficients: ReadonlyArray<number>
  readonly residuals: ReadonlyArray<number>
  readonly residualSquares: number
  readonly rank: number
  readonly degreesOfFreedom: number
  /** Residual variance; NaN without degrees of freedom. */
  readonly variance: number
  /** (X'X)^-1 over the kept columns, zero elsewhere. */
  readonly inverse: ReadonlyArray<ReadonlyArray<number>>
}

/** `columns[j][i]` is column j of observation i. Normal equations by Gauss-Jordan sweeps over scaled columns. */
export const leastSquares = (columns: ReadonlyArray<ReadonlyArray<number>>, y: ReadonlyArray<number>): LeastSquares => {
  const p = columns.length
  const n = y.length
  const norms = columns.map((column) => Math.sqrt(column.reduce((s, x) => s + x * x, 0)) || 1)
  const scaled = columns.map((column, j) => column.map((x) => x / norms[j]!))
  const a = scaled.map((left) => [...scaled.map((right) => dot(left, right)), dot(left, y)])
  const kept: Array<number> = []
  for (let j = 0; j < p; j++) {
    const pivot = a[j]![j]!
    if (pivot < 1e-9) continue
    kept.push(j)
    sweep(a, j, pivot)
  }
  const coefficients = columns.map((_, j) => (kept.includes(j) ? a[j]![p]! / norms[j]! : 0))
  const residuals = y.map((value, i) => {
    let fitted = 0
    for (const j of kept) fitted += coefficients[j]! * columns[j]![i]!
    return value - fitted
  })
  const residualSquares = dot(residuals, residuals)
  const degreesOfFreedom = n - kept.length
  const inverse = columns.map((_, i) =>
    columns.map((_, j) => (kept.includes(i) && kept.includes(j) ? a[i]![j]! / (norms[i]! * norms[j]!) : 0)),
  )
  return {
    coefficients,
    residuals,
    residualSquares,
    rank: kept.length,
    degreesOfFreedom,
    variance: degreesOfFreedom > 0 ? residualSquares / degreesOfFreedom : Number.NaN,
    inverse,
  }
}

const dot = (a: ReadonlyArray<number>, b: ReadonlyArray<number>): number => {
  let total = 0
  for (let i = 0; i < a.length; i++) total += a[i]! * b[i]!
  return total
}

/** In place: after sweeping the kept columns, their block holds the inverse and the last column the solution. */
const sweep = (a: Array<Array<number>>, k: number, pivot: number): void => {
  const row = a[k]!
  for (let j = 0; j < row.length; j++) if (j !== k) row[j] = row[j]! / pivot
  for (let i = 0; i < a.length; i++) {
    if (i === k) continue
    const other = a[i]!
    const factor = other[k]!
    for (let j = 0; j < other.length; j++) if (j !== k) other[j] = other[j]! - factor * row[j]!
    other[k] = -factor / pivot
  }
  row[k] = 1 / pivot
}
