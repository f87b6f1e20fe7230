import { bestMeasurement } from "@tanren/contract"
import { type LaunchSide, lastTenth } from "@tanren/playbook"
import type { Measurement, Metric, Random } from "@tanren/terms"
import type { Noise } from "./noises.ts"

/** How one side's runs come out. */
export interface Side {
  readonly repeats: number
  readonly noise: Noise
  /** How often a run is evaluated, evenly over its steps. */
  readonly evaluations: number
  /** Standard deviation from evaluation to evaluation, in noises. */
  readonly stepNoise: number
}

/** How numbers are made of noises. */
export interface Measured {
  readonly metric: Metric
  /** What a run without noise comes to, and what one noise is, in the metric's units. */
  readonly level: number
  readonly noise: number
  /** The metric moves in such steps; 0: it does not. */
  readonly step: number
}

/** A curve that falls to its value within the first half and stays there, but for the noise of its evaluations. */
const curve = (worth: number, { evaluations, stepNoise }: Side, of: Measured, { normal }: Random) =>
  Array.from({ length: evaluations }, (_, at): Measurement => {
    const done = (at + 1) / evaluations
    const value = of.level + of.noise * (worth + stepNoise * normal() + 40 * Math.exp(-16 * done))
    const read = of.step > 0 ? Math.round(value / of.step) * of.step : value
    return { step: 1000 * done, metrics: { [of.metric.name]: read } }
  })

/** One side's runs as the launch rule takes them: read by the functions by which the product reads them. */
export const runs = (name: string, gain: number, side: Side, of: Measured, random: Random): LaunchSide => {
  const curves = Array.from({ length: side.repeats }, () => curve(side.noise(random) - gain, side, of, random))
  return {
    hyperparameters: { configuration: name },
    repeats: curves.flatMap((one) => bestMeasurement(one, of.metric)?.value ?? []),
    lastTenths: curves.flatMap((one) => lastTenth(one, of.metric) ?? []),
    ids: curves.map((_, at) => `${name}/${at}`),
  }
}
