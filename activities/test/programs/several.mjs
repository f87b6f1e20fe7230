// One of several processes, with a runtime of its own over the coordinator's port: all gather there, then end. BEHAVE,
// "index:how", makes one of them do otherwise; the others then wait for it for ever, as in a collective.
import { appendFileSync, readFileSync } from "node:fs"
import { connect, createServer } from "node:net"
import { createInterface } from "node:readline"

const { index, count, coordinator } = JSON.parse(readFileSync(process.env.TANREN_TRIAL, "utf8")).host
const port = Number(coordinator.split(":")[1])
const { CUDA_VISIBLE_DEVICES: gpus, RANK: rank, WORLD_SIZE: world, LOCAL_RANK: local } = process.env
const me = { index, gpus, rank, world, local }
const say = (event) => appendFileSync(process.env.TANREN_EVENTS, `${JSON.stringify(event)}\n`)

const wait = () => setInterval(() => undefined, 1000)
const behaviours = {
  crash: () => process.exit(7),
  killed: () => process.kill(process.pid, "SIGKILL"),
  linger: wait,
  stay: wait,
}
const [who, how] = (process.env.BEHAVE ?? "").split(":")
const finish = () => {
  if (index === 0) say({ type: "warning", message: "all are here" })
  if (who === String(index)) return behaviours[how]()
  if (["crash", "killed", "stay"].includes(how)) return wait()
  process.exit(0)
}

process.on("SIGTERM", () => {
  if (index === 0) say({ type: "warning", message: "the first one saves" })
  process.exit(index === 0 ? 143 : 3)
})

if (index === 0) {
  const gathered = [me]
  const sockets = []
  const server = createServer((socket) => {
    sockets.push(socket)
    createInterface({ input: socket }).on("line", (line) => {
      const told = JSON.parse(line)
      gathered[told.index] = told
      if (gathered.filter((one) => one !== undefined).length < count) return
      console.log("valid/error=0.5")
      say({ type: "predictions", step: 1, examples: gathered })
      for (const one of sockets) one.end("go\n")
      server.close()
      finish()
    })
  })
  server.listen(port, "127.0.0.1")
} else {
  console.log(`valid/error=${index}`)
  const dial = () => {
    const socket = connect(port, "127.0.0.1", () => socket.write(`${JSON.stringify(me)}\n`))
    socket.on("error", () => setTimeout(dial, 20))
    createInterface({ input: socket })
      .on("line", finish)
      .on("error", () => undefined)
  }
  dial()
}
