import { expect, test } from "vitest"
import { withoutControls } from "../src/without-controls.ts"

test("what a terminal would obey is gone, what a person reads stays", () => {
  const cases: ReadonlyArray<readonly [string, string]> = [
    ["\u001b[31mred\u001b[0m", "red"],
    ["up\u001b[2Aand\u009b2Kgone", "upandgone"],
    ["\u001b]0;a window's name\u0007text", "text"],
    ["\u001b]8;;https://example.org\u001b\\link\u001b]8;;\u001b\\", "link"],
    ["\u001bPdevice\u001b\\text", "text"],
    ["\u001b(Btext\u001bcreset", "textreset"],
    ["bell\u0007 back\b null\0 return\r", "bell back null return"],
    ["ordered \u202eesrever\u202c", "ordered esrever"],
    ["two\nlines\tand a tab, 日本語, é, 👍🏽", "two\nlines\tand a tab, 日本語, é, 👍🏽"],
    ["unfinished \u001b[", "unfinished "],
  ]
  for (const [given, wanted] of cases) expect(withoutControls(given)).toBe(wanted)
})

test("nothing that it leaves is a control character, whatever it is given", () => {
  const alphabet = ["\u001b", "[", "]", "\u009b", "0", ";", "m", "\u0007", "\\", "\u0090", "a", "\n"]
  for (let n = 0; n < alphabet.length ** 4; n++) {
    const text = [0, 1, 2, 3].map((at) => alphabet[Math.floor(n / alphabet.length ** at) % alphabet.length]).join("")
    if (/(?![\t\n])\p{Cc}/u.test(withoutControls(text))) expect.fail(JSON.stringify(text))
  }
})
