import { expect, test } from "vitest"
import { groupIds, studyIds } from "../../src/creating-studies/study-id.ts"

test("values that no id can spell get ids of their own all the same", () => {
  expect(studyIds(0, [{ kind: "水" }, { kind: "火" }], "each")).toEqual(["g1.kind=-", "g1.kind=--2"])
  const kinds = ["水", "火", "A", "a"].map((kind) => ({ values: [["kind", kind]] as const }))
  expect(groupIds("g1.joint", kinds)).toEqual([
    "g1.joint.kind=-",
    "g1.joint.kind=--2",
    "g1.joint.kind=A",
    "g1.joint.kind=a-2",
  ])
})

test("slices of ranges and combinations can be read", () => {
  expect(
    groupIds("g2.joint", [
      {
        values: [
          ["learning_rate", "0.01…0.1"],
          ["width", "16"],
        ],
      },
    ]),
  ).toEqual(["g2.joint.learning_rate=0.01..0.1,width=16"])
})

test("commas and equals signs of a value stay in its id, which seeds come from", () => {
  const values = [
    ["kind", "a, b=c"],
    ["at", "1,2"],
  ] as const
  expect(groupIds("g1.joint", [{ values }])).toEqual(["g1.joint.kind=a,b=c,at=1,2"])
})

test("a value's own name is not mistaken for a refinement or for re-runs", () => {
  expect(studyIds(0, [{ model: "a" }, { model: "a.r1" }, { model: "a.reruns" }], "each")).toEqual([
    "g1.model=a",
    "g1.model=a-r1",
    "g1.model=a-reruns",
  ])
})

test("long ids stay short and apart", () => {
  const ids = groupIds(
    "g1.joint",
    [200, 201].map((length) => ({ values: [["kind", "x".repeat(length)]] })),
  )
  expect(new Set(ids).size).toBe(2)
  expect(Math.max(...ids.map(({ length }) => length))).toBeLessThanOrEqual(100)
})
