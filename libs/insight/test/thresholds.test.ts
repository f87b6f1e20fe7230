import { readdirSync } from "node:fs"
import { expect, it } from "vitest"
import type { Thresholds } from "../src/threshold.ts"

const source = new URL("../src/", import.meta.url)
const files = readdirSync(source, { recursive: true, encoding: "utf8" }).filter(
  (file) => file.endsWith(".ts") && !file.endsWith(".test.ts"),
)

it("every threshold states its ground, wherever it stands", async () => {
  const modules: ReadonlyArray<{ readonly thresholds?: Thresholds }> = await Promise.all(
    files.map((file) => import(new URL(file, source).href)),
  )
  const all = modules.flatMap(({ thresholds = {} }) => Object.entries(thresholds))
  for (const [name, { ground, why }] of all) {
    expect(["playbook", "significance", "judgement"], name).toContain(ground)
    expect(why.length, name).toBeGreaterThan(10)
  }
  expect(all.length).toBeGreaterThan(60)
})
