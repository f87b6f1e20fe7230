import { rowStart } from "./cholesky.ts"
import { crossCovariance } from "./kernel.ts"
import type { Conditioned } from "./posterior.ts"

/**
 * Predictions at many embedded points at once: four of them share each load of the factor. The triangular solve may
 * stop after some rows and go on later: what it has so far bounds the variance from above, for a part of the cost.
 */
export interface Panel {
  readonly count: number
  /** Kernels of the points with the conditioned ones; solved up to a row. Four points interleaved, block by block. */
  readonly columns: Float64Array
  /** Rows that the columns have room for, and those that are filled. */
  readonly room: number
  filled: number
  /** Rows that each block is solved for. */
  readonly solved: Int32Array
  readonly means: Float64Array
  readonly variances: Float64Array
  readonly points: Float64Array
}

/**
 * @param points embedded, row by row
 * @param kept rows of the conditioned points that the panel keeps room for: fewer than there are for a bound alone
 * @param means of the points, where they are known
 */
export function panelOf(
  on: Conditioned,
  weights: Float64Array,
  points: Float64Array,
  count: number,
  kept: number,
  means?: Float64Array,
): Panel {
  const blocks = Math.ceil(count / 4)
  const panel: Panel = {
    count,
    columns: new Float64Array(blocks * 4 * kept),
    room: kept,
    filled: 0,
    solved: new Int32Array(blocks),
    means: means ?? new Float64Array(count),
    variances: new Float64Array(count).fill(on.variance + on.kernel.constant),
    points,
  }
  fill(panel, on, means === undefined ? weights : undefined)
  return panel
}

/** Kernels with the rows that joined since, and what they add to the means unless those are known. */
export function fill(panel: Panel, on: Conditioned, weights: Float64Array | undefined): void {
  const { features } = on.kernel.shape
  const kept = Math.min(on.size, panel.room) - panel.filled
  const fresh = weights === undefined ? kept : on.size - panel.filled
  const row = new Float64Array(fresh)
  const rows = on.rows.subarray(panel.filled * features)
  for (let one = 0; one < panel.count; one++) {
    crossCovariance(on.variance, on.kernel.constant, features, panel.points, one * features, rows, fresh, row)
    const start = (one >> 2) * 4 * panel.room + (one & 3) + 4 * panel.filled
    for (let k = 0; k < kept; k++) panel.columns[start + 4 * k] = row[k]!
    if (weights === undefined) continue
    let mean = panel.means[one]!
    for (let k = 0; k < fresh; k++) mean += row[k]! * weights[panel.filled + k]!
    panel.means[one] = mean
  }
  panel.filled = on.size
}

/** Solves the block that a point lies in as far as row `to`, and takes what that explains from the variances. */
export function solveBlock(panel: Panel, { factor }: Conditioned, block: number, to: number): void {
  const from = panel.solved[block]!
  if (from >= to) return
  const { columns, variances, count } = panel
  const { entries } = factor
  const base = block * 4 * panel.room
  let a = 0
  let b = 0
  let c = 0
  let d = 0
  let row = from
  // Two rows at a time: their eight sums share six loads.
  for (; row + 2 <= to; row += 2) {
    const p = rowStart(row)
    const q = p + row + 1
    const at = base + 4 * row
    let px = columns[at]!
    let py = columns[at + 1]!
    let pz = columns[at + 2]!
    let pw = columns[at + 3]!
    let qx = columns[at + 4]!
    let qy = columns[at + 5]!
    let qz = columns[at + 6]!
    let qw = columns[at + 7]!
    for (let k = 0, column = base; k < row; k++, column += 4) {
      const first = entries[p + k]!
      const second = entries[q + k]!
      const x = columns[column]!
      const y = columns[column + 1]!
      const z = columns[column + 2]!
      const w = columns[column + 3]!
      px -= first * x
      py -= first * y
      pz -= first * z
      pw -= first * w
      qx -= second * x
      qy -= second * y
      qz -= second * z
      qw -= second * w
    }
    const on = 1 / entries[p + row]!
    const between = entries[q + row]!
    const under = 1 / entries[q + row + 1]!
    px *= on
    py *= on
    pz *= on
    pw *= on
    qx = (qx - between * px) * under
    qy = (qy - between * py) * under
    qz = (qz - between * pz) * under
    qw = (qw - between * pw) * under
    columns[at] = px
    columns[at + 1] = py
    columns[at + 2] = pz
    columns[at + 3] = pw
    columns[at + 4] = qx
    columns[at + 5] = qy
    columns[at + 6] = qz
    columns[at + 7] = qw
    a += px * px + qx * qx
    b += py * py + qy * qy
    c += pz * pz + qz * qz
    d += pw * pw + qw * qw
  }
  for (; row < to; row++) {
    const start = rowStart(row)
    const at = base + 4 * row
    let x = columns[at]!
    let y = columns[at + 1]!
    let z = columns[at + 2]!
    let w = columns[at + 3]!
    for (let k = 0, column = base; k < row; k++, column += 4) {
      const entry = entries[start + k]!
      x -= entry * columns[column]!
      y -= entry * columns[column + 1]!
      z -= entry * columns[column + 2]!
      w -= entry * columns[column + 3]!
    }
    const on = 1 / entries[start + row]!
    x *= on
    y *= on
    z *= on
    w *= on
    columns[at] = x
    columns[at + 1] = y
    columns[at + 2] = z
    columns[at + 3] = w
    a += x * x
    b += y * y
    c += z * z
    d += w * w
  }
  const explained = [a, b, c, d]
  for (let lane = 0; lane < 4 && 4 * block + lane < count; lane++) {
    variances[4 * block + lane] = variances[4 * block + lane]! - explained[lane]!
  }
  panel.solved[block] = to
}
