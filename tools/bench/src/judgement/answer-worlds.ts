import type { Random } from "@tanren/terms"

/** A loss over two nuisance hyperparameters on the unit square, in noises of a single run; lower is better. */
export type Landscape = (x: number, y: number) => number

/** Where the optimum of each value lies: at the same point of the nuisance hyperparameters, or each at its own. */
export type Places = "same" | "apart"

interface Shape {
  /** Of a value: `place` lies in the middle of the square, `turn` in [0, 1). */
  readonly at: (place: readonly [number, number], turn: number) => Landscape
}

const bowl =
  (depth: number) =>
  ([a, b]: readonly [number, number]): Landscape =>
  (x, y) =>
    6 * depth * ((x - a) ** 2 + (y - b) ** 2)

/** A second valley as deep, at the other side of the square: which of them a search finds is chance. */
const twoValleys: Shape = {
  at: ([a, b]) => {
    const [near, far] = [bowl(20)([a / 2, b]), bowl(20)([1 - a / 2, 1 - b])]
    return (x, y) => Math.min(near(x, y), far(x, y))
  },
}

/** Two hyperparameters that make up for each other, as a learning rate and a momentum do. */
const ridge: Shape = {
  at: ([a, b], turn) => {
    const [along, across] = [Math.cos(Math.PI * turn), Math.sin(Math.PI * turn)]
    return (x, y) => {
      const [u, v] = [along * (x - a) + across * (y - b), -across * (x - a) + along * (y - b)]
      return 12 * u * u + 240 * v * v
    }
  },
}

export const shapes = {
  "bowl 6": { at: bowl(6) },
  "bowl 20": { at: bowl(20) },
  "bowl 200": { at: bowl(200) },
  "two valleys": twoValleys,
  ridge,
} as const satisfies Readonly<Record<string, Shape>>

export interface World {
  readonly name: string
  /** The landscapes of that many values: the first is the one that is better by `gain`, or all are equal as procedures. */
  readonly draw: (random: Random, values: number, gain: number) => ReadonlyArray<Landscape>
}

const placeOf = (random: Random): readonly [number, number] => [
  0.3 + 0.4 * random.uniform(),
  0.3 + 0.4 * random.uniform(),
]

const lifted =
  (landscape: Landscape, by: number): Landscape =>
  (x, y) =>
    landscape(x, y) + by

const worldOf = (name: keyof typeof shapes, places: Places): World => ({
  name: `${name}, ${places === "same" ? "optima in one place" : "optima in places of their own"}`,
  draw: (random, values, gain) => {
    const shared = [placeOf(random), random.uniform()] as const
    return Array.from({ length: values }, (_, at) => {
      const [place, turn] = places === "same" ? shared : [placeOf(random), random.uniform()]
      return lifted(shapes[name].at(place, turn), at === 0 ? 0 : gain)
    })
  },
})

/**
 * A broad bowl and steep ones, so much lower that the best of a search is as good on average: equal as procedures of
 * just this many trials, and of no other. What a search did not find nobody can see.
 *
 * @param offsets by which a bowl of each depth is lowered, that of the first 0
 */
export const unlikeWorld = (offsets: ReadonlyMap<number, number>): World => {
  const depths = [...offsets.keys()]
  return {
    name: `bowls of depth ${depths.join(" and ")}, equal on average`,
    draw: (random, values, gain) => {
      const place = placeOf(random)
      return Array.from({ length: values }, (_, at) => {
        const depth = depths[at === 0 ? 0 : 1]!
        return lifted(bowl(depth)(place), (at === 0 ? 0 : gain) + (offsets.get(depth) ?? 0))
      })
    },
  }
}

export const worlds: ReadonlyArray<World> = (Object.keys(shapes) as ReadonlyArray<keyof typeof shapes>).flatMap(
  (name) => (["same", "apart"] as const).map((places) => worldOf(name, places)),
)
