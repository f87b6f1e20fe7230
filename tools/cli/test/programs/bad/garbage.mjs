import { appendFileSync } from "node:fs"

appendFileSync(
  process.env.TANREN_EVENTS,
  Buffer.concat([Buffer.from([0xff, 0xfe, 0x00]), Buffer.from(`\n{"type":\nnot json\n${"x".repeat(200_000)}`)]),
)
