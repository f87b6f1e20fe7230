/** |sum x_t exp(-2 pi i k t / n)|^2 / n for k = 0 … floor(n / 2), by Goertzel's recurrence: O(n^2) multiplications. */
export const powers = (values: ReadonlyArray<number>): Array<number> => {
  const n = values.length
  return Array.from({ length: Math.floor(n / 2) + 1 }, (_, k) => {
    const twice = 2 * Math.cos((2 * Math.PI * k) / n)
    let one = 0
    let two = 0
    for (let t = 0; t < n; t++) {
      const next = values[t]! + twice * one - two
      two = one
      one = next
    }
    return (one * one + two * two - twice * one * two) / n
  })
}
