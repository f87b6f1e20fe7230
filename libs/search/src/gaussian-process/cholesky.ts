/**
 * A lower triangular Cholesky factor that grows by rows. Entry (row, column) lies at row (row + 1) / 2 + column: rows
 * are contiguous, and one more row leaves the others where they are.
 *
 * Each entry is one sum, taken in the order of the columns, however many rows are worked on at once. Hence a factor
 * that grew row by row equals, to the last bit, the one that is made at once from the same matrix.
 */
export interface Factor {
  size: number
  entries: Float64Array
}

/** Where a row starts. */
export const rowStart = (row: number): number => (row * (row + 1)) / 2

/** Least squared pivot, as a share of the diagonal entry: below it rounding decides, and a little noise is added. */
const leastPivot = 1e-11

export function emptyFactor(capacity: number): Factor {
  return { size: 0, entries: new Float64Array(rowStart(capacity)) }
}

/** One more row of the matrix: its entries before the diagonal (which are overwritten), and the diagonal's. */
export function appendRow(factor: Factor, row: Float64Array, diagonal: number): void {
  const { size } = factor
  const start = rowStart(size)
  if (factor.entries.length < start + size + 1) {
    const larger = new Float64Array(rowStart(2 * size + 16))
    larger.set(factor.entries.subarray(0, start))
    factor.entries = larger
  }
  solveLower(factor, row)
  let squares = 0
  for (let k = 0; k < size; k++) squares += row[k]! * row[k]!
  factor.entries.set(row.subarray(0, size), start)
  factor.entries[start + size] = pivot(diagonal, squares)
  factor.size = size + 1
}

const pivot = (diagonal: number, squares: number): number =>
  Math.sqrt(Math.max(diagonal - squares, leastPivot * diagonal))

/** Turns a symmetric matrix, given by its lower triangle in packed rows, into its factor; in place. */
export function factorise(entries: Float64Array, size: number): Factor {
  let row = 0
  for (; row + 4 <= size; row += 4) {
    fourRows(entries, row)
    for (let one = row; one < row + 4; one++) finishRow(entries, one, row)
  }
  for (; row < size; row++) finishRow(entries, row, 0)
  return { size, entries }
}

/**
 * Four rows from `row` on, up to the first one's diagonal. Two columns at a time: eight sums that do not wait for each
 * other share six loads.
 */
function fourRows(entries: Float64Array, row: number): void {
  const a = rowStart(row)
  const b = a + row + 1
  const c = b + row + 2
  const d = c + row + 3
  let column = 0
  for (; column + 2 <= row; column += 2) {
    const p = rowStart(column)
    const q = p + column + 1
    let pa = entries[a + column]!
    let pb = entries[b + column]!
    let pc = entries[c + column]!
    let pd = entries[d + column]!
    let qa = entries[a + column + 1]!
    let qb = entries[b + column + 1]!
    let qc = entries[c + column + 1]!
    let qd = entries[d + column + 1]!
    for (let k = 0; k < column; k++) {
      const first = entries[p + k]!
      const second = entries[q + k]!
      const ofA = entries[a + k]!
      const ofB = entries[b + k]!
      const ofC = entries[c + k]!
      const ofD = entries[d + k]!
      pa -= first * ofA
      pb -= first * ofB
      pc -= first * ofC
      pd -= first * ofD
      qa -= second * ofA
      qb -= second * ofB
      qc -= second * ofC
      qd -= second * ofD
    }
    const on = entries[p + column]!
    const between = entries[q + column]!
    const under = entries[q + column + 1]!
    pa /= on
    pb /= on
    pc /= on
    pd /= on
    entries[a + column] = pa
    entries[b + column] = pb
    entries[c + column] = pc
    entries[d + column] = pd
    entries[a + column + 1] = (qa - between * pa) / under
    entries[b + column + 1] = (qb - between * pb) / under
    entries[c + column + 1] = (qc - between * pc) / under
    entries[d + column + 1] = (qd - between * pd) / under
  }
}

/** The rest of a row from column `from` on, its pivot last. */
function finishRow(entries: Float64Array, row: number, from: number): void {
  const start = rowStart(row)
  let at = rowStart(from)
  let squares = 0
  for (let column = 0; column < from; column++) squares += entries[start + column]! * entries[start + column]!
  for (let column = from; column < row; column++) {
    let sum = entries[start + column]!
    for (let k = 0; k < column; k++) sum -= entries[at + k]! * entries[start + k]!
    const entry = sum / entries[at + column]!
    entries[start + column] = entry
    squares += entry * entry
    at += column + 1
  }
  entries[start + row] = pivot(entries[start + row]!, squares)
}

/** x with L x = b, in place. Four rows at a time: their sums do not wait for each other. */
export function solveLower({ size, entries }: Factor, b: Float64Array): void {
  let row = 0
  for (; row + 4 <= size; row += 4) {
    const p = rowStart(row)
    const q = p + row + 1
    const r = q + row + 2
    const s = r + row + 3
    let x = b[row]!
    let y = b[row + 1]!
    let z = b[row + 2]!
    let w = b[row + 3]!
    for (let k = 0; k < row; k++) {
      const by = b[k]!
      x -= entries[p + k]! * by
      y -= entries[q + k]! * by
      z -= entries[r + k]! * by
      w -= entries[s + k]! * by
    }
    x /= entries[p + row]!
    y = (y - entries[q + row]! * x) / entries[q + row + 1]!
    z = (z - entries[r + row]! * x - entries[r + row + 1]! * y) / entries[r + row + 2]!
    w = (w - entries[s + row]! * x - entries[s + row + 1]! * y - entries[s + row + 2]! * z) / entries[s + row + 3]!
    b[row] = x
    b[row + 1] = y
    b[row + 2] = z
    b[row + 3] = w
  }
  for (; row < size; row++) {
    const at = rowStart(row)
    let sum = b[row]!
    for (let k = 0; k < row; k++) sum -= entries[at + k]! * b[k]!
    b[row] = sum / entries[at + row]!
  }
}

/** x with Lᵀ x = b, in place. Four rows at a time are taken from the rest, for one load and store of it. */
export function solveUpper({ size, entries }: Factor, b: Float64Array): void {
  let row = size - 1
  for (; row >= 3; row -= 4) {
    const s = rowStart(row)
    const r = s - row
    const q = r - row + 1
    const p = q - row + 2
    const w = b[row]! / entries[s + row]!
    const z = (b[row - 1]! - entries[s + row - 1]! * w) / entries[r + row - 1]!
    const y = (b[row - 2]! - entries[s + row - 2]! * w - entries[r + row - 2]! * z) / entries[q + row - 2]!
    const rest = b[row - 3]! - entries[s + row - 3]! * w - entries[r + row - 3]! * z - entries[q + row - 3]! * y
    const x = rest / entries[p + row - 3]!
    b[row] = w
    b[row - 1] = z
    b[row - 2] = y
    b[row - 3] = x
    for (let k = 0; k < row - 3; k++) {
      b[k] = b[k]! - entries[s + k]! * w - entries[r + k]! * z - entries[q + k]! * y - entries[p + k]! * x
    }
  }
  for (; row >= 0; row--) {
    const at = rowStart(row)
    const value = b[row]! / entries[at + row]!
    b[row] = value
    for (let k = 0; k < row; k++) b[k] = b[k]! - entries[at + k]! * value
  }
}

/** Σ ln of the pivots: half the matrix's log-determinant. */
export function logPivots({ size, entries }: Factor): number {
  let sum = 0
  for (let row = 0; row < size; row++) sum += Math.log(entries[rowStart(row) + row]!)
  return sum
}
