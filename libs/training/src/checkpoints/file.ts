import { createHash } from "node:crypto"
import { readFileSync } from "node:fs"
import { open, rename } from "node:fs/promises"
import { dirname } from "node:path"

/** What a checkpoint holds: numbers by name, and whatever small state goes with them. */
export interface Checkpoint {
  readonly step: number
  readonly vectors: Readonly<Record<string, Float32Array>>
  readonly state: Readonly<Record<string, unknown>>
}

interface Header {
  readonly version: 1
  readonly step: number
  readonly vectors: ReadonlyArray<{ readonly name: string; readonly length: number }>
  readonly state: Readonly<Record<string, unknown>>
}

const NEWLINE = 0x0a
const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex")

const flushFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, "r")
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/**
 * One file: the SHA-256 of all that follows it, a line of JSON, then the vectors as little-endian float32. Written under
 * a temporary name, flushed, and renamed, so that whatever carries the name is whole; the checksum finds what happens to
 * it later. The numbers are copied before the first wait: training may go on while the disk works.
 */
export const writeCheckpoint = async (path: string, checkpoint: Checkpoint): Promise<void> => {
  const entries = Object.entries(checkpoint.vectors)
  const header: Header = {
    version: 1,
    step: checkpoint.step,
    vectors: entries.map(([name, { length }]) => ({ name, length })),
    state: checkpoint.state,
  }
  const body = Buffer.concat([
    Buffer.from(`${JSON.stringify(header)}\n`),
    ...entries.map(([, vector]) => Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength)),
  ])
  const temporary = `${path}.partial`
  const handle = await open(temporary, "w")
  try {
    await handle.write(`${sha256(body)}\n`)
    await handle.writeFile(body)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(temporary, path)
  await flushFolder(dirname(path))
}

type ReadCheckpoint =
  | { readonly ok: true; readonly checkpoint: Checkpoint }
  | { readonly ok: false; readonly why: string }

/** A damaged file is a value with its reason: the caller goes back to the one before it. */
export const readCheckpoint = (path: string): ReadCheckpoint => {
  const damaged = (why: string): ReadCheckpoint => ({ ok: false, why: `${path}: ${why}` })
  let bytes: Buffer
  try {
    bytes = readFileSync(path)
  } catch (error) {
    return damaged(error instanceof Error ? error.message : String(error))
  }
  const first = bytes.indexOf(NEWLINE)
  const body = bytes.subarray(first + 1)
  if (first === -1 || bytes.subarray(0, first).toString("latin1") !== sha256(body)) {
    return damaged("its checksum does not match")
  }
  const end = body.indexOf(NEWLINE)
  const header = JSON.parse(body.subarray(0, end).toString("utf8")) as Header
  if (header.version !== 1) return damaged(`version ${String(header.version)}, this program reads version 1`)
  const vectors: Record<string, Float32Array> = {}
  let offset = end + 1
  for (const { name, length } of header.vectors) {
    // Copied, since a header of any length leaves the numbers unaligned.
    vectors[name] = new Float32Array(Uint8Array.from(body.subarray(offset, offset + 4 * length)).buffer)
    offset += 4 * length
  }
  return { ok: true, checkpoint: { step: header.step, vectors, state: header.state } }
}
