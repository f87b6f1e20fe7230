import { Context, Effect, Layer, Queue, type Scope } from "effect"
import { type WarmPrograms, warmPrograms } from "./program/warm.ts"

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

/** CPU slots share the cores among themselves. */
export const cpuSlots = (slots: number, cores: number): ReadonlyArray<Device> =>
  Array.from({ length: slots }, (_, index) => ({
    name: `cpu-${index}`,
    variables: { CUDA_VISIBLE_DEVICES: "" },
    threads: Math.max(1, Math.floor(cores / slots)),
  }))

export const gpus = (ids: ReadonlyArray<string>, cores: number): ReadonlyArray<Device> =>
  ids.map((id) => ({
    name: `gpu-${id}`,
    variables: { CUDA_VISIBLE_DEVICES: id },
    threads: Math.max(1, Math.floor(cores / ids.length)),
  }))
