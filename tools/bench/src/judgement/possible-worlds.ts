import type { Random } from "@tanren/terms"

/** A loss on the unit cube whose lowest value is 0, in noises of a single run; Infinity diverges. */
type Loss = (x: ReadonlyArray<number>) => number

export interface Shape {
  readonly name: string
  readonly draw: (random: Random, dimensions: number) => Loss
}

const places = (random: Random, dimensions: number): ReadonlyArray<number> =>
  Array.from({ length: dimensions }, () => 0.3 + 0.4 * random.uniform())

const square = (x: ReadonlyArray<number>, at: ReadonlyArray<number>): number =>
  x.reduce((sum, value, i) => sum + (value - at[i]!) ** 2, 0)

const shape = (name: string, of: (at: ReadonlyArray<number>) => Loss): Shape => ({
  name,
  draw: (random, dimensions) => of(places(random, dimensions)),
})

export const shapes: ReadonlyArray<Shape> = [
  shape("bowl, shallow", (at) => (x) => 36 * square(x, at)),
  shape("bowl, steep", (at) => (x) => 1200 * square(x, at)),
  shape(
    "each hyperparameter matters 8 times less than the one before",
    (at) => (x) => x.reduce((sum, value, i) => sum + 600 * 8 ** -i * (value - at[i]!) ** 2, 0),
  ),
  shape("nothing matters", () => () => 0),
  shape(
    "pointed: as the distance, not its square",
    (at) => (x) => 40 * x.reduce((sum, value, i) => sum + Math.abs(value - at[i]!), 0),
  ),
  shape("lowest at the end of one range", (at) => (x) => 60 * x[0]! + 60 * square(x.slice(1), at.slice(1))),
  shape("a bowl in a plain", (at) => (x) => 60 * -Math.expm1(-6 * square(x, at))),
  shape("a steep bowl in a plain", (at) => (x) => 60 * -Math.expm1(-30 * square(x, at))),
  shape(
    "diverges beyond a wall next to the best",
    (at) => (x) => (x[0]! > at[0]! + 0.05 ? Number.POSITIVE_INFINITY : 120 * square(x, at)),
  ),
  shape(
    "a needle beside a broad bowl",
    (at) => (x) =>
      Math.min(
        10 + 36 * square(x, at),
        40_000 *
          square(
            x,
            at.map((value) => 1 - value),
          ),
      ),
  ),
]
