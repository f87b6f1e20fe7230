import { type Factor, rowStart } from "./cholesky.ts"

/**
 * The inverse of the matrix that a factor stands for: its lower triangle in packed rows. Both halves of the work are
 * sums of products along rows, eight of them at a time: they share six loads, and none waits for another.
 */
export function inverse(factor: Factor): Float64Array {
  const { size } = factor
  const stride = size + (size & 1)
  const columns = inverseOfLower(factor, stride)
  const result = new Float64Array(rowStart(size))
  for (let row = 0; row < size; row += 4) {
    const a = row * stride
    const b = a + stride
    const c = b + stride
    const d = c + stride
    const upTo = Math.min(row + 3, size - 1)
    for (let column = 0; column <= upTo; column += 2) {
      const p = column * stride
      const q = p + stride
      let pa = 0
      let pb = 0
      let pc = 0
      let pd = 0
      let qa = 0
      let qb = 0
      let qc = 0
      let qd = 0
      // Columns of a lower triangle's inverse are 0 above their diagonal.
      for (let k = row; k < size; k++) {
        const first = columns[p + k]!
        const second = columns[q + k]!
        const ofA = columns[a + k]!
        const ofB = columns[b + k]!
        const ofC = columns[c + k]!
        const ofD = columns[d + k]!
        pa += first * ofA
        pb += first * ofB
        pc += first * ofC
        pd += first * ofD
        qa += second * ofA
        qb += second * ofB
        qc += second * ofC
        qd += second * ofD
      }
      put(result, size, row, column, pa, qa)
      put(result, size, row + 1, column, pb, qb)
      put(result, size, row + 2, column, pc, qc)
      put(result, size, row + 3, column, pd, qd)
    }
  }
  return result
}

function put(result: Float64Array, size: number, row: number, column: number, first: number, second: number): void {
  if (row >= size) return
  if (column <= row) result[rowStart(row) + column] = first
  if (column + 1 <= row) result[rowStart(row) + column + 1] = second
}

/** Columns of the factor's inverse, one after the other, with room for four more that stay 0. */
function inverseOfLower({ size, entries }: Factor, stride: number): Float64Array {
  const columns = new Float64Array((size + 4) * stride)
  for (let column = 0; column < size; column += 4) {
    const a = column * stride
    const b = a + stride
    const c = b + stride
    const d = c + stride
    for (let row = column; row < size; row += 2) {
      const p = rowStart(row)
      const isLast = row + 1 === size
      const q = isLast ? p : p + row + 1
      // A column's right side is 1 on its diagonal.
      let pa = row === column ? 1 : 0
      let pb = 0
      let pc = row === column + 2 ? 1 : 0
      let pd = 0
      let qa = 0
      let qb = row === column ? 1 : 0
      let qc = 0
      let qd = row === column + 2 ? 1 : 0
      for (let k = column; k < row; k++) {
        const first = entries[p + k]!
        const second = entries[q + k]!
        const ofA = columns[a + k]!
        const ofB = columns[b + k]!
        const ofC = columns[c + k]!
        const ofD = columns[d + k]!
        pa -= first * ofA
        pb -= first * ofB
        pc -= first * ofC
        pd -= first * ofD
        qa -= second * ofA
        qb -= second * ofB
        qc -= second * ofC
        qd -= second * ofD
      }
      const on = 1 / entries[p + row]!
      pa *= on
      pb *= on
      pc *= on
      pd *= on
      columns[a + row] = pa
      columns[b + row] = pb
      columns[c + row] = pc
      columns[d + row] = pd
      if (isLast) continue
      const between = entries[q + row]!
      const under = 1 / entries[q + row + 1]!
      columns[a + row + 1] = (qa - between * pa) * under
      columns[b + row + 1] = (qb - between * pb) * under
      columns[c + row + 1] = (qc - between * pc) * under
      columns[d + row + 1] = (qd - between * pd) * under
    }
  }
  return columns
}
