export * from "./data.ts"
export type { Language } from "./language/index.ts"
export { renderReport } from "./report.ts"
