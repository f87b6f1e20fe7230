import { type Scalar, type Tensor, type Tensor2D, tf } from "../tensor.ts"

/**
 * Mean softmax cross-entropy of logits [batch, classes] against one-hot labels: −Σ y log softmax(x) / batch.
 * Its gradient is written down, (softmax(x) − y) / batch, rather than taped: fewer operations and no 0/0 where a
 * probability underflows.
 */
export const crossEntropy = (logits: Tensor2D, labels: Tensor2D): Scalar => {
  const batch = logits.shape[0]
  // The labels are no input of the operation: nobody asks for their gradient, which would cost operations at each step.
  const op = tf.customGrad((x, save) => {
    const logitTensor = x as Tensor
    const shifted = tf.sub(logitTensor, tf.max(logitTensor, 1, true))
    const exponentials = tf.exp(shifted)
    const total = tf.sum(exponentials, 1, true)
    const value = tf.div(tf.sum(tf.mul(labels, tf.sub(tf.log(total), shifted))), batch)
    const saved = save as (tensors: Array<Tensor>) => void
    saved([tf.div(exponentials, total), labels])
    return {
      value,
      gradFunc: (dy: Tensor, [softmax, truth]: Array<Tensor>) => tf.mul(tf.sub(softmax!, truth!), tf.div(dy, batch)),
    }
  })
  return op(logits) as Scalar
}
