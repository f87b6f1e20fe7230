import { closeSync, openSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { accept, refuse } from "../src/outcome.ts"
import { readCsv } from "../src/read/csv.ts"
import { readJson } from "../src/read/json.ts"
import { roomIn } from "../src/read/room.ts"
import { type Text, textOf } from "../src/read/text.ts"
import { fileWith, reading, refusal } from "./files.ts"

const ample = roomIn(2 ** 32)

/** A text that comes in these pieces. */
const inPieces = (start: string, ...pieces: ReadonlyArray<string>): Text => ({ start, pieces: pieces.map(accept) })

/** Cut in two at every place, and into single characters. */
const everyCut = (text: string): ReadonlyArray<Text> => [
  ...Array.from(text, (_, at) => inPieces(text, text.slice(0, at), text.slice(at))),
  inPieces(text, ...text.split("")),
]

const csv = [
  '"name",lr,note,loss',
  't1,0.1,"a ""b"",\nc",1',
  "t2,0.25,漢字😀,NaN",
  '"t3",0.5,,"2"',
  "t3,0.5,,2",
  "",
].join("\n")
const jsonLines = '{"lr":0.1,"note":"漢字😀","loss":1}\n\n{"lr":0.2,"note":"b\\n","loss":2}\r\n{"lr":0.3'

describe("a border between pieces changes nothing, wherever it falls", () => {
  it.each([
    ["CSV with quoted line breaks", csv],
    ["CRLF", csv.replaceAll("\n", "\r\n")],
    ["a carriage return alone", csv.replaceAll("\n", "\r")],
    ["no line end at the end", csv.trimEnd()],
    ["short rows", `${csv}t4,1\nt5,0.1,,3`],
  ])("%s", (_, text) => {
    const whole = readCsv("a.csv", inPieces(text, text), ample)
    expect(whole.ok && whole.value.table.rows).toBe(text.endsWith("3") ? 5 : 4)
    for (const cut of everyCut(text)) expect(readCsv("a.csv", cut, ample)).toEqual(whole)
  })

  it.each([
    ["a quote that is never closed", `${csv}t4,"1,2,3`, /row 6: a quote is opened and never closed/],
    ["a stray quote", `${csv}t4,"1"2",2,3\nt5,1,2,3\n`, /row 6: a quote stands in the middle/],
    ["a row too long", `${csv}t4,1,2,3,4\n`, /row 6: has 5 cells/],
  ])("%s", (_, text, said) => {
    for (const cut of everyCut(text)) {
      const outcome = readCsv("a.csv", cut, ample)
      expect(outcome.ok ? "read" : outcome.lines[0]).toMatch(said)
    }
  })

  it("a row that goes on and on is not waited for", () => {
    const long = "x".repeat(26_000_000)
    expect(readCsv("a.csv", inPieces(csv, csv, `t4,"${long}`, long, long), ample)).toEqual(
      refuse("a.csv: row 6: has more than 50 million characters; is a quote never closed?"),
    )
  })

  it("JSON lines", () => {
    const whole = readJson("a.jsonl", inPieces(jsonLines, jsonLines), ample)
    expect(whole.ok && whole.value.notes).toEqual([{ note: "bad-lines", file: "a.jsonl", count: 1, first: 4 }])
    for (const cut of everyCut(jsonLines)) expect(readJson("a.jsonl", cut, ample)).toEqual(whole)
  })

  it("a JSON document", () => {
    const text = JSON.stringify(
      [
        { lr: 0.1, loss: 1 },
        { lr: 0.2, loss: 2 },
      ],
      null,
      1,
    )
    const whole = readJson("a.json", inPieces(text, text), ample)
    expect(whole.ok && whole.value.table.rows).toBe(2)
    for (const cut of everyCut(text)) expect(readJson("a.json", cut, ample)).toEqual(whole)
  })
})

/** The text of a file that is read in pieces of so many bytes, or the refusal. */
const decodedBy = (content: string | Uint8Array, size: number): string => {
  const descriptor = openSync(fileWith("a.csv", content), "r")
  try {
    const text = textOf("a.csv", descriptor, size)
    if (!text.ok) return text.lines.join("")
    if (text.value === "sqlite") return text.value
    const pieces = [...text.value.pieces]
    expect(pieces.length).toBeGreaterThan(1)
    return pieces.map((piece) => (piece.ok ? piece.value : piece.lines.join(""))).join("")
  } finally {
    closeSync(descriptor)
  }
}

describe("characters whose bytes lie on both sides of a border", () => {
  const text = "ab,é,漢字,😀,\u{1F9EA}é,\uFEFF漢\n".repeat(8)

  it.each([16, 17, 18, 19, 20, 21, 22, 23])("pieces of %i bytes", (size) => {
    expect(decodedBy(text, size)).toBe(text)
    expect(decodedBy(`\uFEFF${text}`, size)).toBe(text)
    expect(decodedBy(Buffer.from(`\uFEFF${text}`, "utf16le"), size)).toBe(text)
    expect(decodedBy(Buffer.from(`\uFEFF${text}`, "utf16le").swap16(), size)).toBe(text)
  })

  it("a bad byte behind the first piece, and a last character cut off, are refused", () => {
    const bytes = Buffer.from(text)
    expect(decodedBy(Buffer.concat([bytes, Buffer.from([0x83]), bytes]), 16)).toMatch(/a\.csv: is not UTF-8 text/)
    expect(decodedBy(bytes.subarray(0, -2), 16)).toMatch(/a\.csv: is not UTF-8 text/)
  })

  it("white space in front of the first piece's end", () => {
    expect(decodedBy(`${" ".repeat(40)}\n${text}`, 16)).toBe(`${" ".repeat(40)}\n${text}`)
    expect(decodedBy(" ".repeat(40), 16)).toBe("a.csv: is empty; give a file of trials")
  })
})

describe("what would fill the memory is refused before it does, with the way out", () => {
  const mebibytes = 300 + 1 / 1024
  const small = roomIn(mebibytes * 2 ** 20)

  it("more cells than fit", () => {
    const rows = (count: number): string => `lr,loss\n${"0.1,2.5\n".repeat(count)}`
    expect(small.cells).toBe(42)
    const read = (count: number) => readCsv("a.csv", inPieces(rows(count), rows(count)), small)
    expect(read(21).ok).toBe(true)
    expect(read(22)).toEqual(
      refuse(
        "a.csv: has more cells (42) than fit into the 300 MB of memory that Node gives; leave out evaluations (every tenth is enough), or give more (NODE_OPTIONS=--max-old-space-size=512)",
      ),
    )
  })

  it("curves of JSON lines", () => {
    const measurements = Array.from({ length: 10 }, (_, step) => ({ step, loss: 1 }))
    const line = `${JSON.stringify({ lr: 0.1, measurements })}\n`
    const read = (count: number) => readJson("a.jsonl", inPieces(line.repeat(count), line.repeat(count)), small)
    expect(read(2).ok).toBe(true)
    expect(read(3)).toMatchObject({ ok: false, lines: [expect.stringMatching(/^a\.jsonl: has more cells \(42\)/)] })
  })

  it("a JSON document, which may be written as lines", () => {
    const text = JSON.stringify([
      { lr: 0.1, loss: 1 },
      { lr: 0.2, loss: 2 },
      { lr: 0.3, loss: 3 },
      { lr: 0.4, loss: 4 },
      { lr: 0.5, loss: 5 },
    ])
    expect(text.length).toBeGreaterThan(small.characters)
    expect(readJson("a.json", inPieces(text, text), small)).toMatchObject({
      ok: false,
      lines: [expect.stringMatching(/a JSON document of more characters than fit .* one trial a line \(JSON lines\)/)],
    })
  })
})

describe("files of more than one piece", () => {
  const rows = 4000
  const note = (row: number): string => `n${"漢".repeat(row % 7)} "quoted"\r\nline ${row % 3} 😀`
  const file = (end: string): string =>
    fileWith(
      "a.csv",
      `\uFEFF${["lr,note,loss", ...Array.from({ length: rows }, (_, row) => `${row / 1e5},"${note(row).replaceAll('"', '""')}   ",${"1.5".padEnd(300, " ")}`)].join("\r\n")}${end}`,
    )

  it("hold all rows and texts", () => {
    const { trials, notes } = reading(file("\r\n"), { hyperparameters: ["lr", "note"] })
    expect(trials.map(({ hyperparameters }) => hyperparameters)).toEqual(
      Array.from({ length: rows }, (_, row) => ({ lr: row / 1e5, note: note(row) })),
    )
    expect(notes.map((one) => one.note)).not.toContain("short-rows")
  })

  it("are refused for what stands far behind", () => {
    expect(refusal(file('\r\n1,"2,3'))).toMatch(/row 4002: a quote is opened and never closed/)
    expect(refusal(file("\r\n1,2,3,4"))).toMatch(/row 4002: has 4 cells/)
  })
})
