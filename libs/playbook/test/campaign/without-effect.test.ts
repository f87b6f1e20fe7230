import { readdirSync, readFileSync } from "node:fs"
import { expect, test } from "vitest"

const source = new URL("../../src/", import.meta.url)

test("rules and authoring take types alone from the schemas, so that they never load Effect", () => {
  const files = readdirSync(source, { encoding: "utf8", recursive: true }).filter(
    (name) => name.endsWith(".ts") && !name.includes("schema/"),
  )
  const loads = files.flatMap((name) =>
    [...readFileSync(new URL(name, source), "utf8").matchAll(/^(?:import|export) (?!type ).* from "(.*)"$/gm)].flatMap(
      ([, from = ""]) => (from === "effect" || from.includes("schema") ? [`${name}: ${from}`] : []),
    ),
  )
  expect(files.length).toBeGreaterThan(30)
  expect(loads).toEqual([])
})
