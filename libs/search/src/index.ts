export * from "./design.ts"
