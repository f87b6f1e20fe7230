export { breaches } from "./borders.ts"
