/** The power of ten of the first digit: 3 for 1234, -2 for 0.05. */
export function exponentOf(value: number): number {
  return value === 0 ? 0 : Number(value.toExponential().split("e")[1])
}

/** Decimal places of a number as JavaScript prints it: 2 for 0.25, 7 for 1e-7. */
export function decimalPlaces(value: number): number {
  const [mantissa = "", exponent = "0"] = String(value).split("e")
  const fraction = mantissa.split(".")[1] ?? ""
  return Math.max(0, fraction.length - Number(exponent))
}

export function toPlaces(value: number, places: number): number {
  if (places >= 0) return Number(value.toFixed(Math.min(places, 100)))
  const quantum = 10 ** -places
  return Math.round(value / quantum) * quantum
}
