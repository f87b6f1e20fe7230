import { fstatSync, readSync } from "node:fs"
import { accept, type Outcome, refuse } from "../outcome.ts"

const kinds: ReadonlyArray<readonly [ReadonlyArray<number>, string]> = [
  [[0x1f, 0x8b], "is compressed with gzip: unpack it first"],
  [[0x50, 0x4b, 0x03, 0x04], "is a zip archive or an Excel workbook: save the sheet as CSV (UTF-8)"],
  [[0x50, 0x41, 0x52, 0x31], "is a Parquet file: write it as CSV or JSON lines first"],
  [[0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59], "is a NumPy array: write it as CSV first"],
  [[0x80, 0x03], "is a Python pickle: write the table as CSV or JSON lines first"],
  [[0x80, 0x04], "is a Python pickle: write the table as CSV or JSON lines first"],
  [[0x80, 0x05], "is a Python pickle: write the table as CSV or JSON lines first"],
]

/** One JSON document of this size still fits into a string of V8. */
const mostBytes = 500_000_000

/** Bytes decoded at a time; Papa Parse guesses the line ends from as many characters. */
const pieceBytes = 1_048_576

const startsWith = (bytes: Uint8Array, signature: ReadonlyArray<number>): boolean =>
  signature.every((byte, at) => bytes[at] === byte)

const isSqlite = (bytes: Uint8Array): boolean =>
  new TextDecoder("latin1").decode(bytes.subarray(0, 16)) === "SQLite format 3\0"

/** A file's text, never held as a whole. */
export interface Text {
  /** Its first piece, in which more than white space stands. */
  readonly start: string
  /** All of it, the start included; to be gone through once, while the file is open. */
  readonly pieces: Iterable<Outcome<string>>
}

/** An open file's bytes as text: UTF-8, or UTF-16 with a byte order mark (Excel's "Unicode text"). */
export const textOf = (file: string, descriptor: number, size = pieceBytes): Outcome<"sqlite" | Text> => {
  const buffer = new Uint8Array(size)
  const bytes = filled(descriptor, buffer)
  if (bytes.length === 0) return refuse(`${file}: is empty; give a file of trials`)
  if (isSqlite(bytes)) return accept("sqlite")
  const kind = kinds.find(([signature]) => startsWith(bytes, signature))
  if (kind !== undefined) return refuse(`${file}: ${kind[1]}`)
  const whole = fstatSync(descriptor).size
  if (whole > mostBytes) return tooLarge(file, whole)
  const encoding = startsWith(bytes, [0xff, 0xfe]) ? "utf-16le" : startsWith(bytes, [0xfe, 0xff]) ? "utf-16be" : "utf-8"
  if (encoding === "utf-8" && bytes.subarray(0, 65_536).includes(0))
    return refuse(`${file}: is a binary file; give CSV, JSON lines, or an Optuna SQLite file`)
  const pieces = decoded(file, encoding, pieced(descriptor, buffer, bytes))
  let start = ""
  while (start.trim() === "") {
    const next = pieces.next()
    if (next.done === true) return refuse(`${file}: is empty; give a file of trials`)
    if (!next.value.ok) return next.value
    start += next.value.value
  }
  return accept({ start, pieces: startingWith(start, pieces) })
}

const tooLarge = (file: string, bytes: number) =>
  refuse(`${file}: has ${Math.round(bytes / 1e6)} MB; at most ${mostBytes / 1e6} MB are read at once`)

/** As much as the buffer holds, or is left: a pipe gives less at a time. */
const filled = (descriptor: number, buffer: Uint8Array): Uint8Array => {
  let length = 0
  for (let more = 1; more > 0 && length < buffer.length; length += more)
    more = readSync(descriptor, buffer, length, buffer.length - length, null)
  return buffer.subarray(0, length)
}

function* pieced(descriptor: number, buffer: Uint8Array, first: Uint8Array): Generator<Uint8Array, undefined> {
  for (let bytes = first; bytes.length > 0; bytes = filled(descriptor, buffer)) yield bytes
}

/** A character whose bytes lie on both sides of a border comes whole with the second piece. */
function* decoded(file: string, encoding: string, pieces: Iterable<Uint8Array>): Generator<Outcome<string>, undefined> {
  const decoder = new TextDecoder(encoding, { fatal: true })
  let total = 0
  try {
    for (const bytes of pieces) {
      total += bytes.length
      // A pipe does not tell its size before.
      if (total > mostBytes) return yield tooLarge(file, total)
      yield accept(decoder.decode(bytes, { stream: true }))
    }
    yield accept(decoder.decode())
  } catch (error) {
    if (!(error instanceof TypeError && "code" in error && error.code === "ERR_ENCODING_INVALID_ENCODED_DATA"))
      throw error
    yield refuse(`${file}: is not UTF-8 text (a binary file, or another encoding); save it as UTF-8`)
  }
}

function* startingWith(start: string, rest: Iterable<Outcome<string>>): Generator<Outcome<string>, undefined> {
  yield accept(start)
  yield* rest
}
