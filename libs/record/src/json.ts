/** JSON has no NaN or infinities, and a diverging loss must be kept as what it was. */
const NAMES: ReadonlyArray<readonly [string, number]> = [
  ["NaN", Number.NaN],
  ["Infinity", Number.POSITIVE_INFINITY],
  ["-Infinity", Number.NEGATIVE_INFINITY],
]

export const encodeMetrics = (metrics: Readonly<Record<string, number>>): string =>
  JSON.stringify(metrics, (_key, value) =>
    typeof value === "number" && !Number.isFinite(value) ? String(value) : value,
  )

export const decodeMetrics = (text: string): Record<string, number> => {
  const parsed = JSON.parse(text) as Record<string, number | string>
  return Object.fromEntries(
    Object.entries(parsed).map(([name, value]) => [
      name,
      typeof value === "number" ? value : (NAMES.find(([word]) => word === value)?.[1] ?? Number.NaN),
    ]),
  )
}
