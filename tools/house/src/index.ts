export { breaches } from "./borders.ts"
export { isTest, manifestOf, ROOT } from "./house.ts"
export { importsOf } from "./imports.ts"
export { rooms } from "./rooms.ts"
