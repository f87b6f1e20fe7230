import { fUpper } from "./f.ts"
import { allEqual, mean, squaresAboutMean } from "./summary.ts"

/** F-test that the groups' means are equal (one-way analysis of variance): its p, 1 where nothing can be said. */
export const oneWay = (groups: ReadonlyArray<ReadonlyArray<number>>): number => {
  const all = groups.flat()
  if (allEqual(all)) return 1
  const average = mean(all)
  let between = 0
  let within = 0
  for (const group of groups) {
    between += group.length * (mean(group) - average) ** 2
    within += squaresAboutMean(group)
  }
  const [a, b] = [groups.length - 1, all.length - groups.length]
  if (a < 1 || b < 1 || between <= 0) return 1
  return within > 0 ? fUpper(between / a / (within / b), a, b) : 0
}
