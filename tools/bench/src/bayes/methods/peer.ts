import { spawn, spawnSync } from "node:child_process"
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"
import type { Hyperparameters } from "@tanren/terms"
import type { Asked, Method, Run } from "./method.ts"

const program = fileURLToPath(new URL("../peers/peer.py", import.meta.url))

/** What each is imported as, and what its adapter in peer.py is not written for. */
const known = {
  "optuna-tpe": { imports: "optuna", mixed: true, conditional: true },
  "optuna-tpe-constraint": { imports: "optuna", mixed: true, conditional: true },
  "optuna-gp": { imports: "optuna, torch", mixed: true, conditional: true },
  "optuna-gp-constraint": { imports: "optuna, torch", mixed: true, conditional: true },
  botorch: { imports: "botorch", mixed: false, conditional: false },
  ax: { imports: "ax", mixed: true, conditional: false },
  "ax-constraint": { imports: "ax", mixed: true, conditional: false },
  vizier: { imports: "vizier", mixed: true, conditional: false },
} as const

type Peer = keyof typeof known

export const peerNames: ReadonlyArray<string> = Object.keys(known)

export const isPeer = (name: string): name is Peer => Object.hasOwn(known, name)

/** Whether the Python has what the peer is made of; the reason where not. */
export const missing = (python: string, name: Peer): string | null => {
  const ended = spawnSync(python, ["-W", "ignore", "-c", `import ${known[name].imports}`], { encoding: "utf8" })
  if (ended.status === 0) return null
  return ended.error?.message ?? ended.stderr.trim().split("\n").at(-1) ?? "it cannot be imported"
}

/** One thread each: what is compared is work, and the machine has other things to do. */
const oneThread = { OMP_NUM_THREADS: "1", MKL_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" }

export const peer = (python: string, name: Peer): Method => ({
  name,
  refuses: ({ hyperparameters }) => {
    if (!known[name].conditional && hyperparameters.some(({ when }) => when !== undefined))
      return "it has no conditional hyperparameters"
    const numeric = hyperparameters.every(({ type }) => type === "float" || type === "int")
    return known[name].mixed || numeric ? null : "its adapter is for numbers alone"
  },
  start: (asked) => started(python, name, asked),
})

const started = async (python: string, name: Peer, { hyperparameters, seed }: Asked): Promise<Run> => {
  const child = spawn(python, ["-W", "ignore", program], {
    stdio: ["pipe", "pipe", "pipe"],
    env: { ...process.env, ...oneThread },
  })
  let errors = ""
  child.stderr.on("data", (part) => {
    errors = `${errors}${part}`.slice(-4_000)
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const say = (message: unknown) => child.stdin.write(`${JSON.stringify(message)}\n`)
  const hear = async (): Promise<Record<string, unknown>> => {
    const { value, done } = await lines.next()
    if (done === true) throw new Error(`${name} ended: ${errors.trim().split("\n").at(-1) ?? ""}`)
    // Libraries print banners of their own.
    return value.startsWith("{") ? JSON.parse(value) : hear()
  }
  say({ method: name, seed, space: hyperparameters })
  await hear()
  let spent = 0
  return {
    ask: async () => {
      say({ ask: true })
      const { point, seconds } = await hear()
      spent = Number(seconds)
      return point as Hyperparameters
    },
    given: (points, values) => {
      say({ given: points, values })
    },
    tell: (value) => {
      say({ tell: value })
    },
    seconds: () => spent,
    end: () => {
      child.stdin.end()
      child.kill()
    },
  }
}
