export { type Checked, checkNative } from "./check.ts"
export { cudaFound } from "./stock.ts"
export { checkTensorflow, type SetupOutcome, setupTensorflow } from "./tensorflow.ts"
