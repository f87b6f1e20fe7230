// Takes twice the memory that its campaign allows, and no more: a slow worker that weighs it late is no danger.
import { appendFileSync } from "node:fs"

const kept = []
let step = 0
setInterval(() => {
  if (kept.length < 24) kept.push(Buffer.alloc(25 * 1024 * 1024, 1))
  step += 1
  appendFileSync(process.env.TANREN_EVENTS, `{"type":"metrics","step":${step},"valid/error":0.5}\n`)
}, 200)
