/**
 * How unevenly points fill the unit cube: the squared centred L2 discrepancy (Hickernell 1998, "A generalized
 * discrepancy and quadrature error bound"; SciPy's `qmc.discrepancy(method="CD")`), of the first n points for each n
 * of `sizes`, in one pass.
 *
 * @param points row by row, `dimensions` coordinates in [0, 1] each, at least `sizes.at(-1)` of them
 * @param sizes rising
 */
export function centredDiscrepancies(
  points: Float64Array,
  dimensions: number,
  sizes: ReadonlyArray<number>,
): ReadonlyArray<number> {
  const count = sizes.at(-1) ?? 0
  const deviations = Float64Array.from(points, (coordinate) => Math.abs(coordinate - 0.5))
  const constant = (13 / 12) ** dimensions
  const found: number[] = []
  let single = 0
  let pairs = 0
  for (let i = 0; i < count; i++) {
    const row = i * dimensions
    let alone = 1
    let itself = 1
    for (let k = 0; k < dimensions; k++) {
      const deviation = deviations[row + k] as number
      alone *= 1 + 0.5 * deviation * (1 - deviation)
      itself *= 1 + deviation
    }
    single += alone
    pairs += itself
    for (let j = 0; j < i; j++) {
      const other = j * dimensions
      let both = 1
      for (let k = 0; k < dimensions; k++) {
        const apart = Math.abs((points[row + k] as number) - (points[other + k] as number))
        both *= 1 + 0.5 * ((deviations[row + k] as number) + (deviations[other + k] as number) - apart)
      }
      pairs += 2 * both
    }
    const n = i + 1
    if (n === sizes[found.length]) found.push(constant - (2 / n) * single + pairs / (n * n))
  }
  return found
}

/** The squared centred L2 discrepancy of all the points. */
export function centredDiscrepancy(points: Float64Array, dimensions: number): number {
  return centredDiscrepancies(points, dimensions, [points.length / dimensions])[0] ?? Number.NaN
}
