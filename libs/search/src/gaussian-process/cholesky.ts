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

export function copyFactor({ size, entries }: Factor, room: number): Factor {
  const copy = emptyFactor(size + room)
  copy.entries.set(entries.subarray(0, rowStart(size)))
  copy.size = size
  return copy
}

/** One more row of the matrix: its entries before the diagonal, and the diagonal's. */
export function appendRow(factor: Factor, row: Float64Array, diagonal: number): void {
  const { size } = factor
  const start = rowStart(size)
  if (factor.entries.length < start + size + 1) {
    const larger = new Float64Array(rowStart(2 * size + 16))
    larger.set(factor.entries.subarray(0, start))
    factor.entries = larger
  }
  const { entries } = factor
  let at = 0
  let squares = 0
  for (let column = 0; column < size; column++) {
    let sum = row[column]!
    for (let k = 0; k < column; k++) sum -= entries[at + k]! * entries[start + k]!
    const entry = sum / entries[at + column]!
    entries[start + column] = entry
    squares += entry * entry
    at += column + 1
  }
  entries[start + size] = pivot(diagonal, squares)
  factor.size = size + 1
}

const pivot = (diagonal: number, squares: number): number =>
  Math.sqrt(Math.max(diagonal - squares, leastPivot * diagonal))

/** Turns a symmetric matrix, given by its lower triangle in packed rows, into its factor; in place. */
export function factorise(entries: Float64Array, size: number): Factor {
  let row = 0
  // Four rows share each load of an earlier row, and their four sums do not wait for each other.
  for (; row + 4 <= size; row += 4) {
    const a = rowStart(row)
    const b = a + row + 1
    const c = b + row + 2
    const d = c + row + 3
    let at = 0
    for (let column = 0; column < row; column++) {
      let sumA = entries[a + column]!
      let sumB = entries[b + column]!
      let sumC = entries[c + column]!
      let sumD = entries[d + column]!
      for (let k = 0; k < column; k++) {
        const entry = entries[at + k]!
        sumA -= entry * entries[a + k]!
        sumB -= entry * entries[b + k]!
        sumC -= entry * entries[c + k]!
        sumD -= entry * entries[d + k]!
      }
      const on = entries[at + column]!
      entries[a + column] = sumA / on
      entries[b + column] = sumB / on
      entries[c + column] = sumC / on
      entries[d + column] = sumD / on
      at += column + 1
    }
    for (let one = row; one < row + 4; one++) finishRow(entries, one, row)
  }
  for (; row < size; row++) finishRow(entries, row, 0)
  return { size, entries }
}

/** The rest of a row from column `from` on, its pivot last. */
function finishRow(entries: Float64Array, row: number, from: number): void {
  const start = rowStart(row)
  let at = rowStart(from)
  let squares = 0
  for (let column = 0; column < from; column++) squares += entries[start + column]! ** 2
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

/** x with L x = b, in place; only the first `size` rows. */
export function solveLower(factor: Factor, b: Float64Array, size = factor.size): void {
  const { entries } = factor
  let at = 0
  for (let row = 0; row < size; row++) {
    let sum = b[row]!
    for (let k = 0; k < row; k++) sum -= entries[at + k]! * b[k]!
    b[row] = sum / entries[at + row]!
    at += row + 1
  }
}

/** x with Lᵀ x = b, in place. */
export function solveUpper({ size, entries }: Factor, b: Float64Array): void {
  for (let row = size - 1; row >= 0; row--) {
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
