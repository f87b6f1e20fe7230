export { decodeMetrics, encodeMetrics } from "./json.ts"
export * from "./rows.ts"
export { Tracking, TrackingError } from "./tracking.ts"
export { Fenced, outcomeOf } from "./trials.ts"
