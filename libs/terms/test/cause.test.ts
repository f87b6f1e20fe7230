import { expect, test } from "vitest"
import { causeOf } from "../src/index.ts"

test.each([
  [undefined, "diverged"],
  ["diverged at step 40: train/loss is NaN", "diverged"],
  ["loss_inf", "diverged"],
  ["-Infinity", "diverged"],
  ["CUDA out of memory. Tried to allocate 2.00 GiB", "memory"],
  ["OOM", "memory"],
  ["out of memory: the loss was inf before", "memory"],
  ["constraint broken: latency 12 ms", "constraint"],
  ["infeasible", "other"],
  ["pruned by a person, for information", "other"],
] as const)("%s is %s", (reason, cause) => {
  expect(causeOf(reason)).toBe(cause)
})
