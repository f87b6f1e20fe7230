/** Kernels that the WASM backend lacks and gradients need, from kernels that it has. */
export const registerWasmGradients = (): void => {}
