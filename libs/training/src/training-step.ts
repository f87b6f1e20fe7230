import type { Layer, Pass } from "./layers/layer.ts"
import type { UpdateRule } from "./optimizers/rule.ts"
import { decayMask, flattened, initialMovings, initialParameters, layoutOf, views } from "./parameters/layout.ts"
import { stream, wordOf } from "./random/stream.ts"
import { type Scalar, type Tensor, type Tensor1D, tf } from "./tensor.ts"

/** All that training changes; the vectors are owned by whoever holds the state and disposed by the next step. */
export interface TrainingState {
  /** Steps taken. */
  readonly step: number
  readonly parameters: Tensor1D
  readonly slots: ReadonlyArray<Tensor1D>
  readonly movings: Tensor1D
}

export interface Batch {
  readonly inputs: Tensor
  readonly labels: Tensor
}

export interface StepOptions {
  readonly model: Layer
  readonly loss: (outputs: Tensor, labels: Tensor) => Scalar
  readonly rule: UpdateRule
  /** Decoupled: θ' = θ − change − rate · weightDecay · θ (Loshchilov and Hutter 2019), on decayed parameters only. */
  readonly weightDecay: number
  /** Global L2 norm above which the gradient is scaled down to it. */
  readonly clipNorm?: number
  readonly seeds: { readonly init: number; readonly dropout: number }
}

export interface StepReport {
  readonly loss: number
  /** Global L2 norm of the gradient before clipping. */
  readonly gradNorm: number
  readonly clipped: boolean
}

export interface Trainer {
  readonly initial: () => TrainingState
  /** Takes one step at this learning rate; the state given is used up. Where loss or gradient are not finite the
   * parameters are no longer worth anything: the caller stops. */
  readonly step: (state: TrainingState, batch: Batch, rate: number) => { state: TrainingState; report: StepReport }
  /** The present value of a parameter or moving average, by name. The caller disposes of it. */
  readonly value: (state: TrainingState, name: string) => Tensor
  /** The model's outputs as in evaluation: no dropout, moving averages. The caller disposes of them. */
  readonly outputs: (state: TrainingState, inputs: Tensor) => Tensor
  /** Frees what it holds on the device besides the states it gave. */
  readonly dispose: () => void
}

export const trainerOf = (options: StepOptions): Trainer => {
  const { model, rule, weightDecay, clipNorm, seeds } = options
  const layout = layoutOf(model.parameters)
  const movingLayout = layoutOf(model.movings)
  const decayed = weightDecay > 0 ? tf.tensor1d(decayMask(model)) : undefined
  const position = new Map(layout.names.map((name, index) => [name, index]))
  const movingPosition = new Map(movingLayout.names.map((name, index) => [name, index]))

  const passOver = (
    parameters: ReadonlyArray<Tensor>,
    movings: ReadonlyArray<Tensor>,
    moved: Array<Tensor> | undefined,
    step: number,
  ): Pass => ({
    training: moved !== undefined,
    parameter: (name) => parameters[position.get(name)!]!,
    moving: (name) => movings[movingPosition.get(name)!]!,
    move: (name, value) => {
      // The tape's scope ends before the new averages are taken over.
      if (moved !== undefined) moved[movingPosition.get(name)!] = tf.keep(value)
    },
    random: (name) => stream(seeds.dropout, wordOf(name), step),
  })

  const clip = (gradient: Tensor1D): { gradient: Tensor1D; norm: number; clipped: boolean } => {
    const norm = Math.sqrt(tf.sum(tf.square(gradient)).dataSync()[0]!)
    const clipped = clipNorm !== undefined && norm > clipNorm
    return { gradient: clipped ? tf.mul(gradient, clipNorm / norm) : gradient, norm, clipped }
  }

  const initial = (): TrainingState => ({
    step: 0,
    parameters: tf.tensor1d(initialParameters(model, seeds.init)),
    slots: rule.slots.map((slot) => tf.fill([layout.size], slot.initial) as Tensor1D),
    movings: tf.tensor1d(initialMovings(model)),
  })

  const step: Trainer["step"] = (state, batch, rate) => {
    let report: StepReport | undefined
    const [parameters, movings, ...slots] = tf.tidy(() => {
      const before = views(movingLayout, state.movings)
      const moved = [...before]
      const lossOf = (...parameters: Array<Tensor>): Scalar =>
        options.loss(model.apply(passOver(parameters, before, moved, state.step), batch.inputs), batch.labels)
      const { value, grads } = tf.valueAndGrads(lossOf)(views(layout, state.parameters))
      const { gradient, norm, clipped } = clip(flattened(grads))
      report = { loss: value.dataSync()[0]!, gradNorm: norm, clipped }
      const { change, slots } = rule.update(gradient, state.slots, rate, state.step)
      const stepped = tf.sub(state.parameters, change)
      const pulled =
        decayed === undefined ? stepped : tf.sub(stepped, tf.mul(tf.mul(state.parameters, decayed), rate * weightDecay))
      const nextMovings = moved.length === 0 ? tf.clone(state.movings) : flattened(moved)
      for (const [i, tensor] of moved.entries()) if (tensor !== before[i]) tensor.dispose()
      return [pulled as Tensor1D, nextMovings, ...slots]
    })
    tf.dispose([state.parameters, state.movings, ...state.slots])
    return { state: { step: state.step + 1, parameters: parameters!, movings: movings!, slots }, report: report! }
  }

  const outputs: Trainer["outputs"] = (state, inputs) =>
    tf.tidy(() => {
      const pass = passOver(views(layout, state.parameters), views(movingLayout, state.movings), undefined, state.step)
      return model.apply(pass, inputs)
    })

  const value: Trainer["value"] = (state, name) => {
    const [at, moving] = [position.get(name), movingPosition.get(name)]
    if (at !== undefined) return tf.tidy(() => views(layout, state.parameters)[at]!)
    if (moving !== undefined) return tf.tidy(() => views(movingLayout, state.movings)[moving]!)
    throw new Error(`no parameter is named ${name}: ${[...layout.names, ...movingLayout.names].join(", ")}`)
  }

  return { initial, step, value, outputs, dispose: () => decayed?.dispose() }
}
