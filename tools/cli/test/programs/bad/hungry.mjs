import { appendFileSync } from "node:fs"

const kept = []
setInterval(() => {
  kept.push(Buffer.alloc(25 * 1024 * 1024, 1))
  appendFileSync(process.env.TANREN_EVENTS, `{"type":"metrics","step":${kept.length},"valid/error":0.5}\n`)
}, 200)
