export { initCampaign } from "./init.ts"
export { UnreadableScript } from "./read-options.ts"
export { CannotInit, type Initialised, type InitRequest } from "./request.ts"
