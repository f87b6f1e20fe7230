import fc from "fast-check"
import { expect, test } from "vitest"
import { type Decoded, decodeEvents, encodeEvent, MAX_LINE_BYTES, parseEvent, startOfEvents } from "../src/index.ts"

const bytes = (text: string) => new TextEncoder().encode(text)
const decode = (...chunks: ReadonlyArray<Uint8Array>) => {
  let state = startOfEvents
  const events: Array<Decoded["events"][number]> = []
  const malformed: Array<Decoded["malformed"][number]> = []
  for (const chunk of chunks) {
    const next = decodeEvents(state, chunk)
    state = next.state
    events.push(...next.events)
    malformed.push(...next.malformed)
  }
  return { state, events, malformed }
}

test("numbers that JSON has no word for are read bare and as strings", () => {
  const line = String.raw`{"type":"metrics","step":3,"a":NaN,"b":-Infinity,"c":"Infinity","d":1,"say \"NaN\"":2}`
  expect(parseEvent(line)).toEqual({
    event: {
      type: "metrics",
      step: 3,
      metrics: { a: NaN, b: -Infinity, c: Infinity, d: 1, 'say "NaN"': 2 },
    },
    leftOut: [],
  })
})

test("an incomplete last line waits for its newline", () => {
  const first = decodeEvents(startOfEvents, bytes('{"type":"fin'))
  expect(first.events).toEqual([])
  expect(decodeEvents(first.state, bytes('ished"}\n')).events).toEqual([{ line: 1, event: { type: "finished" } }])
})

test("garbage is reported by line number and the lines around it are kept", () => {
  const log = [
    '{"type":"started","honours":["seeds","flying"],"backend":"wasm"}',
    "Epoch 1/3 ....",
    "",
    "[1,2]",
    '{"type":"metrics","step":-1,"a":1}',
    '{"type":"metrics","step":1,"valid/error":0.5,"note":"hi","x":null}',
    '{"type":"launched"}',
    '{"type":"checkpoint","step":1}',
    '{"type":"toString"}',
    '{"type":"infeasible","reason":"too wide"}',
  ]
  const { events, malformed } = decode(bytes(`${log.join("\n")}\n`), Uint8Array.of(0xff, 0xfe, 0x0a))
  expect(events.map(({ line, event }) => [line, event.type])).toEqual([
    [1, "started"],
    [6, "metrics"],
    [10, "infeasible"],
  ])
  expect(malformed.map(({ line }) => line)).toEqual([1, 2, 4, 5, 6, 6, 7, 8, 9, 11])
  expect(malformed.find(({ line }) => line === 6)?.why).toContain('note is "hi", a number is wanted')
  expect(malformed.find(({ line }) => line === 8)?.why).toBe("path is absent, a text is wanted")
})

test("a line above 64 KB is reported once and skipped, in one chunk or in many", () => {
  const long = bytes(`{"type":"predictions","step":1,"path":"${"x".repeat(MAX_LINE_BYTES)}"}\n{"type":"finished"}\n`)
  const pieces = Array.from({ length: Math.ceil(long.length / 1000) }, (_, i) =>
    long.subarray(i * 1000, i * 1000 + 1000),
  )
  for (const chunks of [[long], pieces]) {
    const { events, malformed, state } = decode(...chunks)
    expect(malformed).toEqual([{ line: 1, why: "longer than 64 KB: skipped" }])
    expect(events).toEqual([{ line: 2, event: { type: "finished" } }])
    expect(state.pending.length).toBe(0)
    expect(state.offset).toBe(long.length)
  }
})

// A search that went back for each quote would take minutes.
test("unclosed quotes do not make the search for bare tokens slow", () => {
  expect(parseEvent(`{NaN "${'\\"'.repeat(300_000)}`).event).toBeUndefined()
}, 30_000)

const metricsEvent = fc.record({
  type: fc.constant("metrics" as const),
  step: fc.nat(),
  metrics: fc.dictionary(
    fc.string({ minLength: 1 }).filter((name) => !["type", "step", "__proto__"].includes(name)),
    fc.double(),
    { minKeys: 1 },
  ),
})

test("what is encoded is read back, however the log is cut into chunks", () => {
  fc.assert(
    fc.property(fc.array(metricsEvent, { minLength: 1, maxLength: 5 }), fc.array(fc.nat(200)), (sent, cuts) => {
      const log = bytes(sent.map(encodeEvent).join(""))
      const edges = [...new Set([0, ...cuts.map((cut) => Math.min(cut, log.length)), log.length])].sort((a, b) => a - b)
      const chunks = edges.slice(1).map((end, i) => log.subarray(edges[i], end))
      const { events, malformed } = decode(...chunks)
      expect(malformed).toEqual([])
      // JSON writes -0 as 0; the numbers are equal all the same.
      const plain = (x: unknown) => JSON.stringify(x, (_, v) => (typeof v === "number" ? String(v) : v))
      expect(plain(events.map(({ event }) => event))).toBe(plain(sent))
    }),
    { numRuns: 100 },
  )
})

test("any bytes at all: no throw, and never more than one line in memory", () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 20 }), (chunks) => {
      const { state } = decode(...chunks)
      expect(state.pending.length).toBeLessThanOrEqual(MAX_LINE_BYTES)
    }),
    { numRuns: 100 },
  )
})

test.each(["type", "step", "train/loss", "honours"])(
  "a line nested 20,000 deep in %s is unreadable, and no error",
  (field) => {
    const deep = `${"[".repeat(20_000)}${"]".repeat(20_000)}`
    const others = { type: "metrics", step: 1, honours: "" }
    const fields = Object.entries({ ...others, type: field === "honours" ? "started" : "metrics" })
      .filter(([name]) => name !== field)
      .map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`)
    const wrapped = field === "honours" ? `[${deep}]` : deep
    const line = `{${[...fields, `${JSON.stringify(field)}:${wrapped}`].join(",")}}\n`
    const { malformed } = decodeEvents(startOfEvents, new TextEncoder().encode(line))
    expect(malformed[0]?.why).toContain("nested too deeply")
  },
)
