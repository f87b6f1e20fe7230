/** A point of a curve; `y` may be non-finite. */
export interface CurvePoint {
  readonly x: number
  readonly y: number
}

/**
 * At most about `most` points that keep every bucket's lowest and highest one, so that a spike is never smoothed
 * away; the first and the last point stay as well. Points are in order of `x`.
 */
export const downsample = (points: ReadonlyArray<CurvePoint>, most: number): ReadonlyArray<CurvePoint> => {
  if (points.length <= most) return points
  const buckets = Math.max(1, Math.floor(most / 2) - 1)
  const kept = new Set<number>([0, points.length - 1])
  for (let bucket = 0; bucket < buckets; bucket++) {
    const from = Math.floor((bucket * points.length) / buckets)
    const to = Math.floor(((bucket + 1) * points.length) / buckets)
    let low = from
    let high = from
    for (let index = from; index < to; index++) {
      const y = points[index]!.y
      if (y < points[low]!.y) low = index
      if (y > points[high]!.y) high = index
    }
    kept.add(low).add(high)
  }
  return [...kept].sort((a, b) => a - b).map((index) => points[index]!)
}

/** Runs of finite points: a line is broken where a measurement is NaN or infinite, never drawn across. */
export const finiteRuns = (points: ReadonlyArray<CurvePoint>): ReadonlyArray<ReadonlyArray<CurvePoint>> => {
  const runs: CurvePoint[][] = []
  let run: CurvePoint[] = []
  for (const point of points) {
    if (Number.isFinite(point.y) && Number.isFinite(point.x)) {
      run.push(point)
    } else if (run.length > 0) {
      runs.push(run)
      run = []
    }
  }
  if (run.length > 0) runs.push(run)
  return runs
}

/** The `most` entries to draw: the first half as ranked, the rest spread evenly over the remainder. */
export const cap = <T>(ranked: ReadonlyArray<T>, most: number): ReadonlyArray<T> => {
  if (ranked.length <= most) return ranked
  const head = Math.ceil(most / 2)
  const tail = most - head
  const rest = ranked.slice(head)
  return [
    ...ranked.slice(0, head),
    ...Array.from({ length: tail }, (_, index) => rest[Math.floor((index * rest.length) / tail)]!),
  ]
}
