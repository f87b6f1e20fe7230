import type { CampaignSpec, Work } from "@tanren/playbook"

/** How a campaign file differs from the campaign that was started from it. */
export interface Edited {
  /** Goals behind those that the campaign has: they can be added to it. */
  readonly appended: ReadonlyArray<Work>
  /** `field: was …, is now …`: nothing that a running campaign could take over. */
  readonly differences: ReadonlyArray<string>
}

/**
 * The spec is frozen at the start, because a campaign whose space or metric changes half-way compares what cannot be
 * compared. `agenda` holds the frozen goals and those added since.
 */
export const editedSince = (frozen: CampaignSpec, agenda: ReadonlyArray<Work>, file: CampaignSpec): Edited => {
  const { goals: _, ...before } = frozen
  const { goals, ...now } = file
  const shared = Math.min(agenda.length, goals.length)
  // Goals that were added by command are not in the file, and need not be.
  const changedGoals = differences(agenda.slice(0, shared), goals.slice(0, shared), "goals")
  const removed = frozen.goals
    .slice(goals.length)
    .map((goal, at) => `goals[${goals.length + at}]: was "${goal.question}", is gone`)
  return {
    appended: goals.slice(agenda.length),
    differences: [...differences(before, now, ""), ...changedGoals, ...removed],
  }
}

const shown = (value: unknown): string =>
  value === undefined ? "absent" : (JSON.stringify(value) ?? String(value)).slice(0, 80)

const isTree = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null

const differences = (was: unknown, is: unknown, path: string): ReadonlyArray<string> => {
  if (Object.is(was, is)) return []
  if (!isTree(was) || !isTree(is) || Array.isArray(was) !== Array.isArray(is)) {
    return [`${path}: was ${shown(was)}, is now ${shown(is)}`]
  }
  const keys = [...new Set([...Object.keys(was), ...Object.keys(is)])]
  return keys.flatMap((key) => differences(was[key], is[key], pathTo(path, key, Array.isArray(was))))
}

const pathTo = (path: string, key: string, inList: boolean): string =>
  inList ? `${path}[${key}]` : path === "" ? key : `${path}.${key}`
