import { binomialUpper } from "./binomial.ts"

/**
 * McNemar's test in its exact form (1947): the chance, two-sided, that examples on which two sides differ split so
 * unevenly or more, if each were as likely to favour either.
 *
 * @param first examples that the first side alone has right
 * @param second those that the second alone has right
 * @returns 1 where they differ on none
 */
export const mcnemar = (first: number, second: number): number => {
  const most = Math.max(first, second)
  return Math.min(1, 2 * binomialUpper(most, first + second, 0.5))
}
