import type { Finding } from "@tanren/terms"
import { describe } from "./sentences/describe.ts"

/** The ids of the playbook's checklist, as `analyze --json` prints them. */
export type Question =
  | "search-space-edge"
  | "instability-wall"
  | "sampling"
  | "infeasible-share"
  | "optimisation"
  | "overfitting"
  | "step-variance"
  | "still-improving"
  | "saturated-early"
  | "training-loss-rising"
  | "periodic-metric"
  | "best-step"
  | "isolation"
  | "sensitivity"
  | "gains-saturated"

/** A finding with its English sentence. */
export const finding = (of: Omit<Finding, "text"> & { readonly question: Question }): Finding => ({
  ...of,
  text: describe({ ...of, text: "" }, "en"),
})
