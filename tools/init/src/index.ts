export { CannotInit, type Initialised, type InitRequest, initCampaign } from "./init.ts"
export { UnreadableScript } from "./read-options.ts"
