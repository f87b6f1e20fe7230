import type { Trial } from "@tanren/terms"
import { type Curve, curveOf } from "./curve.ts"
import { withoutRepeats } from "./repeated-values.ts"

/** A trial's curve of a metric, each read once; whether values are merely repeated is told from all trials together. */
export const curveReader = (trials: ReadonlyArray<Trial>): ((trial: Trial, name: string) => Curve) => {
  const read = remembered(curveOf)
  const repeats = new Map<string, (curve: Curve) => Curve>()
  return remembered((trial, name) => {
    const cleaned = repeats.get(name) ?? withoutRepeats(trials.map((one) => read(one, name)))
    repeats.set(name, cleaned)
    return cleaned(read(trial, name))
  })
}

const remembered = (read: (trial: Trial, name: string) => Curve): ((trial: Trial, name: string) => Curve) => {
  const known = new Map<Trial, Map<string, Curve>>()
  return (trial, name) => {
    const ofTrial = known.get(trial) ?? new Map<string, Curve>()
    known.set(trial, ofTrial)
    const curve = ofTrial.get(name) ?? read(trial, name)
    ofTrial.set(name, curve)
    return curve
  }
}
