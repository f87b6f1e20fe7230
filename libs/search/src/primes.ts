/** The first `count` primes: the bases of the Halton sequence. */
export function firstPrimes(count: number): ReadonlyArray<number> {
  const primes: number[] = []
  for (let candidate = 2; primes.length < count; candidate++)
    if (primes.every((prime) => candidate % prime !== 0)) primes.push(candidate)
  return primes
}
