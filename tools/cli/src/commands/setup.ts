import { checkTensorflow, type SetupOutcome, setupTensorflow } from "@tanren/setup"
import { Console, Effect } from "effect"
import { Command, Flag } from "effect/cli"

const tensorflow = Command.make(
  "tensorflow",
  {
    gpu: Flag.Boolean("gpu").pipe(
      Flag.withDescription("Install the GPU package, with the CUDA 12 libraries (several GB)"),
      Flag.withDefault(false),
    ),
    check: Flag.Boolean("check").pipe(
      Flag.withDescription("Only test what is installed; install nothing"),
      Flag.withDefault(false),
    ),
  },
  Effect.fn("setup-tensorflow")(function* ({ gpu, check }) {
    const choice = gpu ? "gpu" : "node"
    const outcome = yield* Effect.promise(() =>
      check ? checkTensorflow(choice) : setupTensorflow(choice, (line) => process.stderr.write(`${line}\n`)),
    )
    yield* Console.log(told(outcome))
    if (gpu && outcome.ok && outcome.checked.device !== "gpu") {
      yield* Console.error(NO_GPU)
      process.exitCode = 1
    }
    if (!outcome.ok) process.exitCode = 1
  }),
).pipe(Command.withDescription("Install TensorFlow.js's native backend in the cache folder, and test it"))

const NO_GPU =
  "It sees no GPU: check `nvidia-smi` and CUDA_VISIBLE_DEVICES. Until then, the gpu backend is refused, not replaced."

const told = (outcome: SetupOutcome): string => {
  if (!outcome.ok) {
    return [
      "TensorFlow.js has no working native backend here. Tried:",
      ...outcome.tried.map((line) => `  - ${line}`),
      "Training uses WASM instead. It needs no install, but is several times slower except on small networks.",
    ].join("\n")
  }
  const { folder, installed, checked } = outcome
  const by = installed.by === "stock" ? "the official build" : "built against the library from the PyPI wheel"
  return [
    `${installed.package} ${installed.version}, ${by}, in ${folder}`,
    `libtensorflow ${checked.libtensorflow} on ${checked.device}: ${checked.productsPerSecond} products of 512 x 512 matrices per second`,
    `correct: ${checked.operations.map(({ name }) => name).join(", ")}`,
  ].join("\n")
}

export const setup = Command.make("setup").pipe(
  Command.withDescription("Install optional parts"),
  Command.withSubcommands([tensorflow]),
)
