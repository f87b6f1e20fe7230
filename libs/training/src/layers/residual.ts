import { tf } from "../tensor.ts"
import { filled } from "./initial.ts"
import { drawn, type Layer } from "./layer.ts"

/**
 * x + Norm(f(x)): normalisation as the last thing before the sum, the playbook's cure for instability ("How do I
 * mitigate optimization failures?").
 */
export const preResidualNorm = (inner: Layer, norm: Layer): Layer => ({
  parameters: [...inner.parameters, ...norm.parameters],
  movings: [...inner.movings, ...norm.movings],
  apply: (pass, input) => tf.add(input, norm.apply(pass, inner.apply(pass, input))),
  draw: (graph, input) => graph.both("AddV2", input, drawn(norm, graph, drawn(inner, graph, input))),
})

/** Norm(x + f(x)), which the playbook warns of; here to be compared with. */
export const postResidualNorm = (inner: Layer, norm: Layer): Layer => ({
  parameters: [...inner.parameters, ...norm.parameters],
  movings: [...inner.movings, ...norm.movings],
  apply: (pass, input) => norm.apply(pass, tf.add(input, inner.apply(pass, input))),
  draw: (graph, input) => drawn(norm, graph, graph.both("AddV2", input, drawn(inner, graph, input))),
})

/** x + α f(x) with a trained α that starts at 0: the identity at first (Bachlechner et al. 2021). */
export const rezero = (name: string, inner: Layer): Layer => ({
  parameters: [...inner.parameters, { name: `${name}/alpha`, shape: [1], initial: filled(0), decayed: false }],
  movings: inner.movings,
  apply: (pass, input) => tf.add(input, tf.mul(inner.apply(pass, input), pass.parameter(`${name}/alpha`))),
  draw: (graph, input) =>
    graph.both("AddV2", input, graph.both("Mul", drawn(inner, graph, input), graph.parameter(`${name}/alpha`))),
})

/** How a model joins a branch, and the normalisation it may have, to what goes around it. */
export type Residual = "norm-in-branch" | "norm-after-sum" | "rezero"

export const residual = (name: string, kind: Residual, inner: Layer, norm: Layer): Layer => {
  if (kind === "rezero") return rezero(name, inner)
  return kind === "norm-in-branch" ? preResidualNorm(inner, norm) : postResidualNorm(inner, norm)
}
