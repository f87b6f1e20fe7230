import { pack } from "./pack.ts"

console.log(pack())
