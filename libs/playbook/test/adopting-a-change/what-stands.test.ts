import { expect, test } from "vitest"
import { courseOf, standings, trainingOf, whatStands } from "../../src/adopting-a-change/what-stands.ts"

const spec = { baseline: { learning_rate: 0.1 }, maxTrainSteps: 800 }
const start = {
  hyperparameters: { learning_rate: 0.1 },
  training: { maxTrainSteps: 800 },
  study: "baseline",
  launchedBy: 0,
  replaced: null,
}

test("until something is launched the campaign file's baseline stands", () => {
  expect(whatStands(spec, [])).toEqual(start)
  expect(whatStands(spec, [undefined])).toEqual(start)
  expect(whatStands(spec, [{ adopted: false, stands: start }, undefined])).toEqual(start)
})

test("each adoption names the launch that made it and the one that it replaced", () => {
  const longer = {
    hyperparameters: { learning_rate: 0.2 },
    training: { maxTrainSteps: 1600, warmupSteps: 100, clipNorm: 1 },
    study: "g3.reruns",
    launchedBy: 3,
    replaced: 1,
  }
  const launches = [
    // As launches were recorded while they told of no training.
    { adopted: true, baseline: { hyperparameters: { learning_rate: 0.3 }, study: "g1.reruns" } },
    { adopted: false, baseline: { hyperparameters: { learning_rate: 0.3 }, study: "g1.reruns" } },
    { adopted: true, stands: longer },
  ]
  const first = {
    hyperparameters: { learning_rate: 0.3 },
    training: { maxTrainSteps: 800 },
    study: "g1.reruns",
    launchedBy: 1,
    replaced: 0,
  }
  expect(standings(spec, launches)).toEqual([start, first, longer])
  expect(whatStands(spec, launches)).toEqual(longer)
  expect(whatStands(spec, launches.slice(0, 2))).toEqual(first)
})

test("a design that does not say how to train trains as the campaign file does", () => {
  expect(trainingOf({}, spec)).toEqual({ maxTrainSteps: 800 })
  expect(trainingOf({ training: { maxTrainSteps: 5 } }, spec)).toEqual({ maxTrainSteps: 5 })
})

test("curves are read by the schedule that was asked for, else by what the file says of the program's own", () => {
  expect(courseOf({ maxTrainSteps: 1 }, {})).toBe("unknown")
  expect(courseOf({ maxTrainSteps: 1 }, { schedule: "cyclic" })).toBe("cyclic")
  expect(courseOf({ maxTrainSteps: 1, schedule: { type: "cosine" } }, { schedule: "cyclic" })).toBe("decays-to-end")
  expect(courseOf({ maxTrainSteps: 1, schedule: { type: "constant" } }, {})).toBe("constant")
})
