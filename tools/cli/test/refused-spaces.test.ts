import { invalidSpaces } from "@tanren/space/invalid-spaces"
import { describe, expect, test } from "vitest"
import { command } from "./command-run.ts"
import { campaign, dataFile, expectNamed } from "./refusals.ts"

describe("a search space that cannot be used: every error at once, with field, value and way out", () => {
  const inAFile = invalidSpaces.filter(({ input }) => input !== undefined)

  test.each(inAFile)("suggest: $what", async ({ input, issues }) => {
    const { refused, out } = await command("suggest", ["--space", dataFile(input, "space"), "--count", "1"])
    expect(out).toEqual([])
    expect(refused, refused?.join("\n")).toHaveLength(issues.length)
    for (const line of refused ?? []) expect(line).toMatch(/found .*; wanted: ./)
    for (const [path, ...words] of issues) expectNamed(refused, path, words)
  })

  const declared = inAFile.flatMap(({ what, input, issues }) => {
    const hyperparameters = typeof input === "object" && input !== null && "hyperparameters" in input
    // A campaign may leave the brackets of a condition out, and give its hyperparameters by name.
    const allowed = ["a condition that is no list", "hyperparameters by name"].includes(what)
    const inCampaign = issues.filter(([path]) => path.startsWith("hyperparameters"))
    return hyperparameters && !allowed && inCampaign.length > 0 ? [{ what, input, issues: inCampaign }] : []
  })

  test.each(declared)("plan: $what", async ({ input, issues }) => {
    const { hyperparameters } = input as { readonly hyperparameters: unknown }
    const { refused, out } = await command("plan", [dataFile({ ...campaign, hyperparameters }, "campaign")])
    expect(out).toEqual([])
    for (const line of refused ?? []) expect(line).toMatch(/found .*; wanted: ./)
    for (const [path, ...words] of issues) if (path !== "hyperparameters") expectNamed(refused, path, words)
  })

  test("there are at least forty of them", () => {
    expect(inAFile.length).toBeGreaterThanOrEqual(40)
    expect(declared.length).toBeGreaterThanOrEqual(40)
  })
})
