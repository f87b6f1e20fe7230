import { describe, expect, it } from "vitest"
import { isRate, metricUnit, resolutionOf, withUnit } from "../src/index.ts"

describe("a rate", () => {
  it.each(["valid/error", "valid/error_rate", "accuracy", "val_acc", "eval/top5", "valid/top_1"])("is %s", (name) => {
    expect(isRate(name)).toBe(true)
  })

  it.each([
    "valid/mean_squared_error",
    "valid/meanSquaredError",
    "valid/mean_absolute_error",
    "valid/root_mean_squared_error",
    "valid/relative_error",
    "valid/abs_error",
    "valid/balanced_accuracy",
    "valid/mse",
    "valid/loss",
  ])("is not %s", (name) => {
    expect(isRate(name)).toBe(false)
    expect(metricUnit(name, [0.5])).toBe("plain")
    expect(resolutionOf({ name }, [0.5, 0.25], 600)).toBeUndefined()
  })

  it("is told by what its values are counted in", () => {
    expect(metricUnit("valid/accuracy", [0.93, 1])).toBe("share")
    expect(metricUnit("valid/accuracy", [93.48, 0.7])).toBe("percent")
    expect(metricUnit("valid/error", [-0.1, 0.3])).toBe("plain")
    expect(metricUnit("valid/error", [350, 0.3])).toBe("plain")
  })

  it("is percent where what guessing would score is, however good the values are", () => {
    const metric = { name: "valid/error", goal: "minimize" } as const
    expect(withUnit({ ...metric, chance: 90 }, [0.8, 0.9]).unit).toBe("percent")
    expect(withUnit({ ...metric, chance: 0.9 }, [0.8, 0.9]).unit).toBe("share")
    expect(resolutionOf(withUnit({ ...metric, chance: 90 }, [0.5, 1]), [0.5, 1], 200)).toBe(0.5)
  })

  it("counts whole examples", () => {
    expect(resolutionOf({ name: "valid/error" }, [28 / 600, Math.fround(31 / 600), 0.0467], 600)).toBe(1 / 600)
    expect(resolutionOf({ name: "valid/accuracy" }, [93.5, 94], 200)).toBe(0.5)
    expect(resolutionOf({ name: "valid/error" }, [0.04713, 0.05126, 0.04928], 600)).toBeUndefined()
    expect(resolutionOf({ name: "valid/error" }, [0.05], undefined)).toBeUndefined()
    expect(resolutionOf({ name: "valid/error" }, [0.05], 0)).toBeUndefined()
  })
})
