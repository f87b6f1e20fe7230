import { execFile } from "node:child_process"
import { Effect } from "effect"

/** One GPU, or one MIG slice of one, as programs are shown it. */
export interface Gpu {
  readonly id: string
  /** Makes it the only one that a program sees. */
  readonly variables: Readonly<Record<string, string>>
}

/** Which GPUs programs of this environment may use, and how that is known. */
export interface VisibleGpus {
  readonly gpus: ReadonlyArray<Gpu>
  /** For a person: `nvidia-smi lists 2 GPUs`. */
  readonly found: string
}

type Environment = Readonly<Record<string, string | undefined>>

/** A driver that has to wake its GPUs first takes seconds to answer. */
const PATIENCE_MS = 30_000

/**
 * The GPUs of this machine, by `nvidia-smi -L`; where CUDA_VISIBLE_DEVICES is set, those that it names and as it names
 * them, which is for containers and clusters that lend a part of a machine.
 */
export const visibleGpus = (environment: Environment): Effect.Effect<VisibleGpus> =>
  Effect.promise(async () => {
    const given = environment.CUDA_VISIBLE_DEVICES
    const named = given === undefined ? undefined : namedGpus(given)
    if (named?.length === 0) return { gpus: [], found: `CUDA_VISIBLE_DEVICES is "${given}", which hides every GPU` }
    const listing = await nvidiaSmi(environment)
    const listed = listedGpus(listing.text)
    const counted = listed.length > 0 ? `nvidia-smi lists ${counts(listed)}` : listing.trouble
    if (named === undefined) {
      return { gpus: listed.flatMap(leasable), found: counted ?? "nvidia-smi lists no GPU" }
    }
    // What answers nothing can refute nothing: some containers have the driver without nvidia-smi.
    const absent = listed.length === 0 ? undefined : named.find((id) => !isListed(id, listed))
    if (absent !== undefined)
      return { gpus: [], found: `CUDA_VISIBLE_DEVICES names ${absent}, and ${counted ?? "there is none"}` }
    return { gpus: named.map(asWritten), found: `CUDA_VISIBLE_DEVICES is "${given}"` }
  })

/** CUDA itself goes as far as the first entry that can be no device: `0,-1,1` is 0, and the empty text none. */
const namedGpus = (given: string): ReadonlyArray<string> => {
  const ids = given.split(",").map((id) => id.trim())
  const end = ids.findIndex((id) => !/^(\d+|(GPU|MIG)-[\w/-]+)$/.test(id))
  return [...new Set(end === -1 ? ids : ids.slice(0, end))]
}

const asWritten = (id: string): Gpu => ({ id, variables: { CUDA_VISIBLE_DEVICES: id } })

interface Listed {
  readonly index: string
  readonly uuid: string
  /** UUIDs of its slices, where it is divided. */
  readonly slices: ReadonlyArray<string>
}

/** `GPU 0: NVIDIA A100 (UUID: GPU-…)`, and below it `  MIG 1g.5gb Device 0: (UUID: MIG-…)` for each slice. */
const listedGpus = (text: string): ReadonlyArray<Listed> => {
  const listed: Array<Listed> = []
  for (const line of text.split("\n")) {
    const [, index, uuid] = /^GPU (\d+): .*\(UUID: ([^)]+)\)/.exec(line) ?? []
    if (index !== undefined && uuid !== undefined) listed.push({ index, uuid, slices: [] })
    const slice = /^\s+MIG .*\(UUID: ([^)]+)\)/.exec(line)?.[1]
    const whole = listed.at(-1)
    if (slice !== undefined && whole !== undefined) {
      listed[listed.length - 1] = { ...whole, slices: [...whole.slices, slice] }
    }
  }
  return listed
}

/**
 * nvidia-smi counts in the order of the PCI bus; CUDA does so only when told to, and puts the fastest first otherwise.
 * Indexes rather than UUIDs, because there are programs that read a number from CUDA_VISIBLE_DEVICES.
 */
const leasable = ({ index, slices }: Listed): ReadonlyArray<Gpu> =>
  slices.length > 0
    ? slices.map(asWritten)
    : [{ id: index, variables: { CUDA_VISIBLE_DEVICES: index, CUDA_DEVICE_ORDER: "PCI_BUS_ID" } }]

/** A slice's name has an older form that nvidia-smi does not list: it is believed. */
const isListed = (id: string, listed: ReadonlyArray<Listed>): boolean =>
  id.startsWith("MIG-") || listed.some(({ index, uuid }) => id === index || uuid.startsWith(id))

const counts = (listed: ReadonlyArray<Listed>): string => {
  const slices = listed.flatMap((gpu) => gpu.slices).length
  const gpus = `${listed.length} ${listed.length === 1 ? "GPU" : "GPUs"}`
  return slices === 0 ? gpus : `${gpus} with ${slices} MIG ${slices === 1 ? "device" : "devices"}`
}

/** What it printed, or why it is of no use here. */
const nvidiaSmi = (environment: Environment): Promise<{ readonly text: string; readonly trouble?: string }> =>
  new Promise((resolve) => {
    const options = { env: { ...environment }, encoding: "utf8", timeout: PATIENCE_MS } as const
    execFile("nvidia-smi", ["-L"], options, (error, stdout, stderr) => {
      if (error === null) return resolve({ text: stdout })
      if (error.code === "ENOENT") return resolve({ text: "", trouble: "nvidia-smi is not on the PATH" })
      const said = `${stdout}\n${stderr}`.trim().split("\n")[0] || error.message
      resolve({ text: "", trouble: `nvidia-smi fails: ${said}` })
    })
  })
