import { checkTensorflow, type SetupOutcome, setupTensorflow } from "@tanren/setup"
import { Console, Effect } from "effect"
import { Command, Flag } from "effect/cli"

const tensorflow = Command.make(
  "tensorflow",
  {
    gpu: Flag.Boolean("gpu").pipe(
      Flag.withDescription("The GPU package, with the CUDA 12 libraries (several GB)"),
      Flag.withDefault(false),
    ),
    check: Flag.Boolean("check").pipe(
      Flag.withDescription("Only look at what is installed and let it compute; bring nothing"),
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
).pipe(Command.withDescription("Bring TensorFlow.js's native backend into the cache folder and check that it computes"))

const NO_GPU =
  "It sees no GPU here: check `nvidia-smi`, and CUDA_VISIBLE_DEVICES. Until then the backend gpu is refused, not replaced."

const told = (outcome: SetupOutcome): string => {
  if (!outcome.ok) {
    return [
      "There is no native backend of TensorFlow.js. Tried:",
      ...outcome.tried.map((line) => `  - ${line}`),
      "Training goes on with WASM, which needs no install and is several times slower on anything but small networks.",
    ].join("\n")
  }
  const { folder, installed, checked } = outcome
  const by = installed.by === "stock" ? "as its makers ship it" : "built against the library of the PyPI wheel"
  return [
    `${installed.package} ${installed.version}, ${by}, in ${folder}`,
    `libtensorflow ${checked.libtensorflow} computing on ${checked.device}: ${checked.productsPerSecond} products of 512 x 512 matrices a second`,
    `right: ${checked.operations.map(({ name }) => name).join(", ")}`,
  ].join("\n")
}

export const setup = Command.make("setup").pipe(
  Command.withDescription("Bring what an install leaves out"),
  Command.withSubcommands([tensorflow]),
)
