import { expect, test } from "vitest"
import { environmentOf } from "../src/environment-of.ts"

test("variables that the script names are handed on where they are set, and those that a person names", () => {
  const environment = ["DATA_ROOT", "HOME", "UNSET", "WANDB_MODE", "OMP_NUM_THREADS"]
  const own = { DATA_ROOT: "/data", HOME: "/home/me", WANDB_MODE: "offline", OMP_NUM_THREADS: "4" }
  expect(environmentOf({ env: [] }, { environment }, own)).toEqual({
    env: ["DATA_ROOT"],
    notes: ["DATA_ROOT: handed on (env), since the script reads it and it is set here"],
  })
  expect(environmentOf({ env: ["MORE", "DATA_ROOT"] }, { environment }, own)).toEqual({
    env: ["MORE", "DATA_ROOT"],
    notes: ["MORE is handed on (env), but not set here"],
  })
})
