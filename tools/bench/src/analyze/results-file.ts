import { closeSync, openSync, writeSync } from "node:fs"
import { randomOf } from "@tanren/terms"

export type Shape = "json-lines" | "csv"

interface Made {
  readonly file: string
  readonly shape: Shape
  readonly trials: number
  readonly evaluations: number
  readonly seed: string
}

/**
 * Writes results as a stranger's search would leave them: a learning rate whose best lies inside its range, a weight
 * decay and a dropout rate of small effect, an optimizer without one, noisy curves that fall towards the trial's value.
 * JSON lines hold a curve a line, CSV one row an evaluation.
 */
export const writeResults = ({ file, shape, trials, evaluations, seed }: Made): void => {
  const { uniform, normal } = randomOf(seed)
  const out = openSync(file, "w")
  if (shape === "csv")
    writeSync(out, "trial,step,learning_rate,weight_decay,dropout,optimizer,train/loss,valid/error\n")
  for (let trial = 0; trial < trials; trial++) {
    const learningRate = 10 ** (-5 + 5 * uniform())
    const weightDecay = 10 ** (-6 + 4 * uniform())
    const dropout = 0.5 * uniform()
    const optimizer = uniform() < 0.5 ? "adam" : "nesterov"
    const level = 0.05 + 0.02 * (Math.log10(learningRate) + 2.5) ** 2 + 0.02 * (dropout - 0.2) ** 2
    const curve = Array.from({ length: evaluations }, (_, at) => {
      const left = Math.exp((-6 * at) / evaluations)
      const noise = 0.001 * normal()
      return { step: 10 * (at + 1), loss: level * (0.5 + 3 * left), error: level * (1 + 2 * left) + noise }
    })
    if (shape === "csv")
      writeSync(
        out,
        `${curve.map(({ step, loss, error }) => `t${trial},${step},${learningRate},${weightDecay},${dropout},${optimizer},${loss},${error}`).join("\n")}\n`,
      )
    else
      writeSync(
        out,
        `${JSON.stringify({
          id: `t${trial}`,
          hyperparameters: { learning_rate: learningRate, weight_decay: weightDecay, dropout, optimizer },
          status: "completed",
          measurements: curve.map(({ step, loss, error }) => ({ step, "train/loss": loss, "valid/error": error })),
        })}\n`,
      )
  }
  closeSync(out)
}
