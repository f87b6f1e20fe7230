import type { StudyDesign } from "@tanren/search"
import type { Hyperparameter } from "@tanren/terms"

/** The declared space with every range as wide as any study searched it: a refinement may have gone beyond. */
export const exploredSpace = (
  declared: ReadonlyArray<Hyperparameter>,
  designs: ReadonlyArray<Pick<StudyDesign, "searched">>,
): ReadonlyArray<Hyperparameter> => {
  const searched = designs.flatMap((design) => design.searched)
  return declared.map((one) => {
    if (!("low" in one)) return one
    const others = searched.filter(
      (other) => other.name === one.name && JSON.stringify(other.when) === JSON.stringify(one.when),
    )
    const ranges = [one, ...others].flatMap((other) => ("low" in other ? [other] : []))
    return {
      ...one,
      low: Math.min(...ranges.map(({ low }) => low)),
      high: Math.max(...ranges.map(({ high }) => high)),
    }
  })
}
