import { type Colour, type Layer, only, type Position, type Shape } from "./encoding.ts"
import { cross, ink, manyPoints } from "./theme.ts"

/** How a trial is drawn: `beyond` the axis at its cut, `infeasible` at its worse edge, `repeat` a re-run. */
export type Kind = "completed" | "beyond" | "infeasible" | "repeat" | "best"

interface Drawn {
  readonly x: Position
  readonly y: Position
  readonly color: Colour
  readonly shape: Shape
}

/** The playbook's one point a trial, alike in every chart of a goal: rows with a `kind`, the best ringed on top. */
export const trialLayers = ({ x, y, color, shape }: Drawn, points: number): ReadonlyArray<Layer> => {
  const crowded = points > manyPoints
  const size = (usual: number, small: number): number => (crowded ? small : usual)
  const kind = (equal: Kind) => [only("kind", equal)]
  return [
    {
      transform: kind("completed"),
      mark: { type: "point", filled: true, size: size(38, 17), opacity: 0.75 },
      encoding: { x, y, color, shape },
    },
    {
      transform: kind("beyond"),
      mark: { type: "point", filled: false, size: size(32, 17), strokeWidth: 1.4 },
      encoding: { x, y, color, shape },
    },
    {
      transform: kind("infeasible"),
      mark: { type: "point", shape: cross, size: size(42, 19), strokeWidth: 1.6, filled: false },
      encoding: { x, y, color },
    },
    {
      transform: kind("repeat"),
      mark: { type: "tick", orient: "horizontal", size: 13, thickness: 1.4, opacity: 0.9 },
      encoding: { x, y, color },
    },
    {
      transform: kind("best"),
      mark: { type: "point", filled: true, size: 56 },
      encoding: { x, y, color, shape },
    },
    {
      transform: kind("best"),
      mark: { type: "point", filled: false, size: 215, color: ink.light, strokeWidth: 1.5, shape: "circle" },
      encoding: { x, y },
    },
  ]
}
