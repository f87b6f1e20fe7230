import { studentQuantile } from "./student-t.ts"

/**
 * Values a side at which a true difference of two means would show with chance `power`, 0.5 … 1: the usual
 * normal-theory formula with t quantiles, equal spread on both sides.
 *
 * @param level of the two-sided interval that it has to show in: 0.95
 * @returns whole, 2 … `most`; undefined where even `most` would not show it
 */
export const sampleSize = (
  difference: number,
  sd: number,
  { level, power, most }: { readonly level: number; readonly power: number; readonly most: number },
): number | undefined => {
  if (!(Math.abs(difference) > 0)) return undefined
  const shows = (n: number): boolean => {
    const df = 2 * n - 2
    const sum = studentQuantile(1 - (1 - level) / 2, df) + studentQuantile(power, df)
    return sum * sd * Math.sqrt(2 / n) <= Math.abs(difference)
  }
  let [no, yes] = [1, most]
  if (!shows(yes)) return undefined
  while (yes - no > 1) {
    const middle = Math.floor((no + yes) / 2)
    if (shows(middle)) yes = middle
    else no = middle
  }
  return yes
}
