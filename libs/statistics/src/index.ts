export * from "./distributions.ts"
export * from "./least-squares.ts"
export * from "./periodogram.ts"
export * from "./summary.ts"
