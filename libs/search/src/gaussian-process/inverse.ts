import { type Factor, rowStart } from "./cholesky.ts"

/**
 * The inverse of the matrix that a factor stands for: its lower triangle in packed rows. Both halves of the work add
 * four rows at a time to one, so that each load and store of the sum serves four products.
 */
export function inverse(factor: Factor): Float64Array {
  const { size } = factor
  const lower = inverseOfLower(factor)
  const result = new Float64Array(rowStart(size))
  let m = 0
  for (; m + 4 <= size; m += 4) {
    const a = rowStart(m)
    const b = a + m + 1
    const c = b + m + 2
    const d = c + m + 3
    for (let row = 0; row <= m; row++) {
      const at = rowStart(row)
      const byA = lower[a + row]!
      const byB = lower[b + row]!
      const byC = lower[c + row]!
      const byD = lower[d + row]!
      for (let k = 0; k <= row; k++) {
        result[at + k] =
          result[at + k]! + byA * lower[a + k]! + byB * lower[b + k]! + byC * lower[c + k]! + byD * lower[d + k]!
      }
    }
    for (let one = m + 1; one < m + 4; one++) addOuter(result, lower, one, m + 1)
  }
  for (; m < size; m++) addOuter(result, lower, m, 0)
  return result
}

/** Adds a row's outer product with itself, rows from `from` on. */
function addOuter(result: Float64Array, lower: Float64Array, m: number, from: number): void {
  const source = rowStart(m)
  for (let row = from; row <= m; row++) {
    const at = rowStart(row)
    const by = lower[source + row]!
    for (let k = 0; k <= row; k++) result[at + k] = result[at + k]! + by * lower[source + k]!
  }
}

function inverseOfLower({ size, entries }: Factor): Float64Array {
  const lower = new Float64Array(rowStart(size))
  for (let row = 0; row < size; row++) {
    const at = rowStart(row)
    let m = 0
    for (; m + 4 <= row; m += 4) {
      const a = rowStart(m)
      const b = a + m + 1
      const c = b + m + 2
      const d = c + m + 3
      const byA = entries[at + m]!
      const byB = entries[at + m + 1]!
      const byC = entries[at + m + 2]!
      const byD = entries[at + m + 3]!
      for (let k = 0; k <= m; k++) {
        lower[at + k] =
          lower[at + k]! + byA * lower[a + k]! + byB * lower[b + k]! + byC * lower[c + k]! + byD * lower[d + k]!
      }
      lower[at + m + 1] =
        lower[at + m + 1]! + byB * lower[b + m + 1]! + byC * lower[c + m + 1]! + byD * lower[d + m + 1]!
      lower[at + m + 2] = lower[at + m + 2]! + byC * lower[c + m + 2]! + byD * lower[d + m + 2]!
      lower[at + m + 3] = lower[at + m + 3]! + byD * lower[d + m + 3]!
    }
    for (; m < row; m++) {
      const source = rowStart(m)
      const by = entries[at + m]!
      for (let k = 0; k <= m; k++) lower[at + k] = lower[at + k]! + by * lower[source + k]!
    }
    const on = 1 / entries[at + row]!
    for (let k = 0; k < row; k++) lower[at + k] = -lower[at + k]! * on
    lower[at + row] = on
  }
  return lower
}
