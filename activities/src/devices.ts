import { availableParallelism } from "node:os"
import { formatIssue, type Issue } from "@tanren/terms"
import { Context, Effect, Layer, Queue, Schema, type Scope } from "effect"
import { type WarmPrograms, warmPrograms } from "./train/warm.ts"
import { type Gpu, visibleGpus } from "./visible-gpus.ts"

/** What one trial may use while it holds it. */
export interface Device {
  readonly name: string
  /** Makes this device the only one that the program sees. */
  readonly variables: Readonly<Record<string, string>>
  readonly threads: number
}

interface Leases {
  readonly lease: Effect.Effect<Device, never, Scope.Scope>
  /** Our own programs, waiting on a device that is free for the next trial. */
  readonly warm: WarmPrograms
}

/** Each device goes to one trial at a time; whoever finds none waits. */
export class Devices extends Context.Service<Devices, Leases>()("tanren/Devices") {
  static readonly layer = (devices: ReadonlyArray<Device>): Layer.Layer<Devices> =>
    Layer.effect(
      Devices,
      Effect.gen(function* () {
        const free = yield* Queue.unbounded<Device>()
        yield* Queue.offerAll(free, devices)
        const warm = yield* warmPrograms
        return { warm, lease: Effect.acquireRelease(Queue.take(free), (device) => Queue.offer(free, device)) }
      }),
    )
}

export interface Resources {
  readonly resources: "cpu" | "gpu"
  /** How many CPU slots there are; GPUs are as many as the machine shows. */
  readonly slots: number
  /** How many GPUs one trial leases; absent: 1. */
  readonly devices?: number
}

export interface Leasable {
  readonly leases: ReadonlyArray<Device>
  /** GPUs that are too few for another lease. */
  readonly idle: number
}

/** GPUs were asked for where none can be seen. */
export class NoGpu extends Schema.TaggedError<NoGpu>()("NoGpu", {
  found: Schema.String,
  few: Schema.optional(Schema.Int),
}) {
  get issue(): Issue {
    if (this.few !== undefined) {
      return {
        path: "trainer.devices",
        message: `a trial leases ${this.few} GPUs, and fewer can be seen here: ${this.found}`,
        found: String(this.few),
        allowed: "at most as many as can be seen",
      }
    }
    return {
      path: "trainer.resources",
      message: `no GPU can be seen here: ${this.found}`,
      found: '"gpu"',
      allowed: '"cpu", or a GPU that nvidia-smi -L lists and CUDA_VISIBLE_DEVICES, where it is set, names',
    }
  }
  override get message(): string {
    return formatIssue(this.issue)
  }
}

/** What trials of these resources lease on this machine: one lease at least, or a refusal that says why. */
export const devicesFor = Effect.fn("devicesFor")(function* ({ resources, slots, devices = 1 }: Resources) {
  const cores = availableParallelism()
  if (resources === "cpu") return { leases: cpuSlots(slots, cores), idle: 0 }
  const { gpus, found } = yield* visibleGpus(process.env)
  if (gpus.length === 0) return yield* new NoGpu({ found })
  if (gpus.length < devices) return yield* new NoGpu({ found, few: devices })
  return { leases: gpuDevices(gpus, devices, cores), idle: gpus.length % devices }
})

/** CPU slots share the cores among themselves, and hide every GPU. */
export const cpuSlots = (slots: number, cores: number): ReadonlyArray<Device> =>
  Array.from({ length: slots }, (_, index) => ({
    name: `cpu-${index}`,
    variables: { CUDA_VISIBLE_DEVICES: "" },
    threads: share(cores, slots),
  }))

/** So many GPUs a lease, neighbours together, which mostly hang on one bus; the rest stays idle. */
const gpuDevices = (gpus: ReadonlyArray<Gpu>, each: number, cores: number): ReadonlyArray<Device> => {
  const leases = Math.floor(gpus.length / each)
  return Array.from({ length: leases }, (_, lease) => {
    const together = gpus.slice(lease * each, (lease + 1) * each)
    const { variables } = together[0]!
    const visible = together.map((gpu) => gpu.variables.CUDA_VISIBLE_DEVICES).join(",")
    return {
      name: `gpu-${together.map(({ id }) => id).join("+")}`,
      variables: { ...variables, CUDA_VISIBLE_DEVICES: visible },
      threads: share(cores, leases),
    }
  })
}

const share = (cores: number, devices: number): number => Math.max(1, Math.floor(cores / devices))
