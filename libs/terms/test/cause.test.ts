import { expect, test } from "vitest"
import { causeOf } from "../src/index.ts"

test.each([
  [undefined, "diverged"],
  ["diverged at step 40: train/loss is NaN", "diverged"],
  ["loss_inf", "diverged"],
  ["-Infinity", "diverged"],
  ["CUDA out of memory. Tried to allocate 2.00 GiB", "memory"],
  ["OOM", "memory"],
  ["needs 90 GB", "memory"],
  ["out of memory: the loss was inf before", "memory"],
  ["constraint broken: latency 12 ms", "constraint"],
  ["constraint broken: the int8 range overflows", "constraint"],
  ["a point outside the search space", "constraint"],
  ["OSError: [Errno 28] No space left on device", "constraint"],
  ["loss exploded", "diverged"],
  ["exploding gradients", "diverged"],
  ["gradient explosion at step 40", "diverged"],
  ["gradient overflow, skipped 20 steps", "diverged"],
  ["the loss blew up", "diverged"],
  ["loss_blow_up", "diverged"],
  ["training blows up early", "diverged"],
  ["blow-up", "diverged"],
  ["loss is not finite", "diverged"],
  ["non-finite loss", "diverged"],
  ["Infinite gradients", "diverged"],
  ["NaNs in the weights", "diverged"],
  ["unstable training", "diverged"],
  ["explored before", "other"],
  ["a finite budget", "other"],
  ["infeasible", "other"],
  ["pruned by a person, for information", "other"],
] as const)("%s is %s", (reason, cause) => {
  expect(causeOf(reason)).toBe(cause)
})
