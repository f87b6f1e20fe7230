import type { ReportData } from "./data.ts"

/** A status of another version's record may mean anything: what is shown then says that the campaign may go on. */
export const hasEnded = ({ status }: ReportData): boolean => ended.has(status)

const ended: ReadonlySet<string> = new Set<ReportData["status"]>(["finished", "cancelled", "failed", "analysis"])
