import { createHash } from "node:crypto"
import { readFileSync } from "node:fs"
import { expect, test } from "vitest"
import campaign from "../campaign.ts"
import { checkDigits } from "../check.ts"
import { readDigits, split } from "../data.ts"

const text = readFileSync(new URL("../digits.csv", import.meta.url), "utf8")

test("the file is whole, and is the one that the campaign names", () => {
  expect(checkDigits(text)).toBeUndefined()
  const sha256 = createHash("sha256").update(text).digest("hex")
  expect(campaign.trainer.data).toEqual([{ path: "digits.csv", sha256 }])
})

test("a file that is cut short or garbled is refused in one line that says where", () => {
  const lines = text.trimEnd().split("\n")
  expect(checkDigits(lines.slice(0, 900).join("\n"))).toBe(
    "digits.csv has 900 images, wanted 1797: the file is cut short or not the one in examples/digits",
  )
  expect(checkDigits(text.slice(0, 100_000))).toMatch(
    /^digits\.csv, line \d+: wanted 64 pixels from 0 to 16 and a digit, found "/,
  )
  expect(checkDigits(text.replace("13", "17"))).toContain("line 1:")
  expect(checkDigits("")).toContain("line 1:")
  expect(() => readDigits("")).toThrow(RangeError)
})

test("every image is in exactly one of train, validation and test", () => {
  const digits = readDigits(text)
  const { train, valid, test: final } = split(digits)
  expect([train.count, valid.count, final.count]).toEqual([300, 600, 897])
  const rows = (examples: typeof train) =>
    Array.from({ length: examples.count }, (_, i) =>
      [...examples.features.subarray(i * 64, i * 64 + 64), examples.labels[i]].join(),
    )
  const all = [...rows(train), ...rows(valid), ...rows(final)].sort()
  expect(all).toEqual(rows(digits).sort())
  const counts = Array.from({ length: 10 }, (_, digit) => train.labels.filter((label) => label === digit).length)
  expect(Math.min(...counts)).toBeGreaterThan(15)
})
