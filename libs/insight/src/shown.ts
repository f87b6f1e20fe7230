/** Evidence as text: three significant digits, no trailing zeros. */
export const number = (value: number): string => {
  if (Number.isInteger(value) && Math.abs(value) < 1e6) return String(value)
  const text = value.toPrecision(3)
  return Math.abs(value) >= 1e6 || Math.abs(value) < 1e-4 ? text : String(Number(text))
}
