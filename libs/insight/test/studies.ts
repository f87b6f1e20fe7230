import type { Finding, Trial } from "@tanren/terms"
import { analyse } from "../src/index.ts"
import { falls, inputOf, inside, noise, space, trialsOf, withCurves } from "./fixture.ts"

const diverged = ({ id, hyperparameters }: Trial): Trial => ({
  id,
  hyperparameters,
  status: "infeasible",
  reason: "diverged",
})
const goals = (values: ReadonlyArray<number>) =>
  values.map((value, i) => ({ question: `q${i}`, value, repeats: 5, sd: noise.sd }))
const scientific = {
  hyperparameters: [...space, { name: "use_dropout", type: "boolean" } as const],
  scientific: ["use_dropout"],
}
const withSwitch = (trials: ReadonlyArray<Trial>, many: number) =>
  trials.map((trial, i) => ({ ...trial, hyperparameters: { ...trial.hyperparameters, use_dropout: i < many } }))
const worse = (done: number) => falls(20, 0.2)(done) + 0.02 * Math.max(0, done - 0.5)

const unmoved = ({ measurements = [], ...trial }: Trial): Trial => ({
  ...trial,
  measurements: measurements.map(({ step, metrics }) => ({ step, metrics: { ...metrics, "valid/error": 0.1 } })),
})

/** Between them, problems of every question, and every kind of finding. */
export const studies: ReadonlyArray<ReadonlyArray<Finding>> = [
  analyse(inputOf(trialsOf({ cost: (u) => 0.05 * (u[0]! - 1.4) ** 2 }), { goals: goals([0.2, 0.1, 0.1, 0.1, 0.1]) })),
  analyse(
    inputOf(trialsOf({ cost: (u) => 0.1 * (u[0]! - 1.1) ** 2, trial: (t, u) => (u[0]! > 0.7 ? diverged(t) : t) })),
  ),
  analyse(
    inputOf(
      trialsOf({
        cost: (u) => u.reduce((s, x) => s + (x - 0.5) ** 2, 0),
        trial: (t, u) => (u[0]! > 0.5 ? diverged(t) : t),
      }),
    ),
  ),
  analyse(inputOf(withSwitch(trialsOf({ cost: inside, trials: 48 }), 38), scientific)),
  analyse(inputOf(trialsOf({ cost: () => 0.1 }), { goals: goals([0.2, 0.1]) })),
  analyse(inputOf(trialsOf({ cost: (u) => 0.1 + 0.2 * (u[0]! - 0.5) * (u[1]! - 0.5), trials: 64 }))),
  analyse(
    inputOf(
      withSwitch(
        withCurves(() => ({ valid: worse, loss: falls(3, 2) })),
        16,
      ),
      scientific,
    ),
  ),
  analyse(inputOf(withCurves(() => ({ valid: falls(20, 0.2), loss: (done) => 1 + 0.3 * done, sd: 0.05 })))),
  analyse(inputOf(withCurves(() => ({ valid: falls(2, 0.1), loss: falls(2, 2) })))),
  analyse(inputOf(withCurves(() => ({ valid: falls(30, 0.1), loss: falls(30, 2) })))),
  analyse(inputOf(withCurves(() => ({ valid: (done) => 0.003 * Math.sin(75 * done), loss: falls(3, 2) })))),
  analyse(
    inputOf(
      withCurves((u) => ({
        valid: (done) =>
          falls(20, 0.2)(done) + 0.12 * (u[0]! - 1.1) ** 2 - 0.1 * (u[0]! - 0.5) ** 2 + (u[0]! > 0.7 ? 0.1 : 0),
        loss: u[0]! > 0.7 ? (done) => 2 + 4 * Math.max(0, done - 0.3) : falls(3, 2),
      })),
    ),
  ),
  analyse(
    inputOf(
      withSwitch(trialsOf({ cost: inside, trials: 48 }), 24).map((trial, i) => (i < 24 ? diverged(trial) : trial)),
      scientific,
    ),
  ),
  analyse(
    inputOf(
      withCurves(() => ({ valid: falls(20, 0.2), gradient: (done) => (Math.abs(done - 0.5) < 0.01 ? 50 : 1 + done) })),
    ),
  ),
  analyse(inputOf(withCurves(() => ({ valid: () => 0, loss: falls(3, 2), sd: 0 })).map(unmoved))),
]
