import { availableParallelism } from "node:os"
import { formatIssue, type Issue } from "@tanren/space"
import { Context, Effect, Layer, Queue, Schema, type Scope } from "effect"
import { type WarmPrograms, warmPrograms } from "./program/warm.ts"
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
}

/** GPUs were asked for where none can be seen. */
export class NoGpu extends Schema.TaggedError<NoGpu>()("NoGpu", { found: Schema.String }) {
  get issue(): Issue {
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

/** What trials of these resources lease on this machine: at least one device, or a refusal that says why. */
export const devicesFor = Effect.fn("devicesFor")(function* ({ resources, slots }: Resources) {
  const cores = availableParallelism()
  if (resources === "cpu") return cpuSlots(slots, cores)
  const { gpus, found } = yield* visibleGpus(process.env)
  return gpus.length === 0 ? yield* new NoGpu({ found }) : gpuDevices(gpus, cores)
})

/** CPU slots share the cores among themselves, and hide every GPU. */
export const cpuSlots = (slots: number, cores: number): ReadonlyArray<Device> =>
  Array.from({ length: slots }, (_, index) => ({
    name: `cpu-${index}`,
    variables: { CUDA_VISIBLE_DEVICES: "" },
    threads: share(cores, slots),
  }))

const gpuDevices = (gpus: ReadonlyArray<Gpu>, cores: number): ReadonlyArray<Device> =>
  gpus.map(({ id, variables }) => ({ name: `gpu-${id}`, variables, threads: share(cores, gpus.length) }))

const share = (cores: number, devices: number): number => Math.max(1, Math.floor(cores / devices))
