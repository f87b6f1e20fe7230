export * from "./data.ts"
export { renderReport } from "./report.ts"
export {
  answerText,
  durationText,
  findingsText,
  mixedBackendsText,
  type Progress,
  progressLine,
  type TextOptions,
} from "./terminal.ts"
