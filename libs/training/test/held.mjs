// Preloaded (`node --import`) into a training program: once it has written HOLD_AFTER measurements to its event log it
// stands still while the file HOLD exists, so that a test meets it there on a machine of any speed.
import fs from "node:fs"
import { syncBuiltinESMExports } from "node:module"

const { HOLD, HOLD_AFTER } = process.env
const { existsSync, writeSync } = fs
const clock = new Int32Array(new SharedArrayBuffer(4))
let measured = 0
fs.writeSync = (handle, text, ...rest) => {
  const written = writeSync(handle, text, ...rest)
  if (String(text).startsWith('{"type":"metrics"')) measured += 1
  while (measured === Number(HOLD_AFTER) && existsSync(HOLD)) Atomics.wait(clock, 0, 0, 5)
  return written
}
syncBuiltinESMExports()
