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

/** Beyond it V8 holds no string. */
const mostBytes = 500_000_000

const startsWith = (bytes: Uint8Array, signature: ReadonlyArray<number>): boolean =>
  signature.every((byte, at) => bytes[at] === byte)

export const isSqlite = (bytes: Uint8Array): boolean =>
  new TextDecoder("latin1").decode(bytes.subarray(0, 16)) === "SQLite format 3\0"

/** A file's bytes as text: UTF-8, or UTF-16 with a byte order mark (Excel's "Unicode text"). */
export const textOf = (file: string, bytes: Uint8Array): Outcome<string> => {
  if (bytes.length === 0) return refuse(`${file}: is empty; give a file of trials`)
  const kind = kinds.find(([signature]) => startsWith(bytes, signature))
  if (kind !== undefined) return refuse(`${file}: ${kind[1]}`)
  if (bytes.length > mostBytes)
    return refuse(`${file}: has ${Math.round(bytes.length / 1e6)} MB; at most ${mostBytes / 1e6} MB are read at once`)
  const encoding = startsWith(bytes, [0xff, 0xfe]) ? "utf-16le" : startsWith(bytes, [0xfe, 0xff]) ? "utf-16be" : "utf-8"
  if (encoding === "utf-8" && bytes.subarray(0, 65_536).includes(0))
    return refuse(`${file}: is a binary file; give CSV, JSON lines, or an Optuna SQLite file`)
  const text = decode(bytes, encoding)
  if (text === undefined)
    return refuse(`${file}: is not UTF-8 text (a binary file, or another encoding); save it as UTF-8`)
  return text.trim() === "" ? refuse(`${file}: is empty; give a file of trials`) : accept(text)
}

const decode = (bytes: Uint8Array, encoding: string): string | undefined => {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}
