import type { Finding, Report } from "./check.ts"

const MARKS: Readonly<Record<Finding["status"], string>> = {
  pass: "pass",
  fail: "FAIL",
  unsettled: "?",
  undeclared: "-",
}
const WIDTH = 22

/** One line a check; what to do about a failure on the next. */
export const findingText = (finding: Finding): string => {
  const said = finding.status === "undeclared" ? `not declared; ${finding.said}` : finding.said
  const line = `${MARKS[finding.status].padEnd(5)} ${finding.id.padEnd(WIDTH)} ${said}`
  return finding.status === "fail" ? `${line}\n${" ".repeat(WIDTH + 7)}-> ${finding.remedy}` : line
}

export const reportText = ({ findings }: Report): string => {
  const count = (status: Finding["status"]) => findings.filter((one) => one.status === status).length
  const failed = findings.filter(({ status }) => status === "fail").map(({ id }) => id)
  const parts = [
    `${count("pass")} passed`,
    failed.length === 0 ? "none failed" : `failed: ${failed.join(", ")}`,
    count("unsettled") === 0 ? "" : `${count("unsettled")} could not be settled`,
    count("undeclared") === 0 ? "" : `${count("undeclared")} not declared`,
  ]
  return parts.filter((part) => part !== "").join("; ")
}
