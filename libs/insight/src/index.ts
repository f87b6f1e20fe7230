export * from "./finding.ts"
