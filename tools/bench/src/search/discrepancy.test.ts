import { expect, test } from "vitest"
import { mostRatio, ours, reference } from "./cells.ts"
import { table } from "./table.ts"

const seeds = Array.from({ length: 40 }, (_, seed) => seed)

test.each(reference.rows.filter(({ n }) => n <= 50))("n = $n, d = $d: as even as SciPy's Halton", (cell) => {
  expect(ours(cell, seeds) / cell.scipy_scrambled_median).toBeLessThanOrEqual(mostRatio)
})

test("columns are aligned", () => {
  expect(
    table([
      ["a", "bcd"],
      ["12", "3"],
    ]),
  ).toBe(" a  bcd\n12    3")
})
