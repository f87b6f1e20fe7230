import { keysOf } from "@tanren/space"
import { type Hyperparameter, type Meaning, meaningOf } from "@tanren/terms"
import type { Goal } from "../campaign/campaign.ts"

/**
 * Playbook, "Identifying scientific, nuisance, and fixed hyperparameters". Roles belong to a goal, not to a
 * hyperparameter. All that are not scientific start as nuisance.
 */
export type Role = "scientific" | "nuisance" | "fixed"

export interface RoleOf {
  /** Unique within the space: `momentum`, `optimizer=adam/learning_rate`. */
  readonly key: string
  /** As the training program sees it. */
  readonly name: string
  readonly role: Role
  readonly meaning: Meaning
  /** The person gave this role; no rule may change it. */
  readonly given: boolean
}

/** Something worth a person's attention; nothing is changed on it. */
export interface Warning {
  readonly rule: string
  /** The playbook's section. */
  readonly section: string
  readonly text: string
  readonly hyperparameter?: string
}

/** The role of every declaration, in the order of the space. */
export function rolesOf(hyperparameters: ReadonlyArray<Hyperparameter>, goal: Goal): ReadonlyArray<RoleOf> {
  const keys = keysOf(hyperparameters)
  return hyperparameters.map((hyperparameter, index) => {
    const key = keys[index] ?? hyperparameter.name
    const given = givenRole(goal, key, hyperparameter.name)
    return {
      key,
      name: hyperparameter.name,
      role: given ?? "nuisance",
      meaning: meaningOf(hyperparameter, hyperparameters),
      given: given !== undefined,
    }
  })
}

/** A name stands for all hyperparameters of that name; a key for one of them and goes before the name. */
function givenRole(goal: Goal, key: string, name: string): Role | undefined {
  for (const asked of key === name ? [name] : [key, name]) {
    if (goal.scientific.includes(asked)) return "scientific"
    if (goal.fixed.some((entry) => (typeof entry === "string" ? entry === asked : Object.hasOwn(entry, asked)))) {
      return "fixed"
    }
    if (goal.nuisance.includes(asked)) return "nuisance"
  }
  return undefined
}

const SECTION = "Identifying scientific, nuisance, and fixed hyperparameters"

const OPTIMIZER_HYPERPARAMETERS: ReadonlyArray<Meaning> = [
  "learning-rate",
  "momentum",
  "beta1",
  "beta2",
  "epsilon",
  "schedule",
]

type RoleRule = (role: RoleOf, all: ReadonlyArray<RoleOf>) => Warning | undefined

/** Optimizer hyperparameters interact most with other changes: they should stay nuisance. */
const fixedOptimizerHyperparameter: RoleRule = ({ key, role, meaning, given }) =>
  role === "fixed" && given && OPTIMIZER_HYPERPARAMETERS.includes(meaning)
    ? {
        rule: "fixed-optimizer-hyperparameter",
        section: SECTION,
        hyperparameter: key,
        text: `${key} (${meaning}) is fixed: optimizer hyperparameters interact with most other changes, so the comparison favours whichever side its value suits; make it nuisance if the budget allows`,
      }
    : undefined

/** "What is the best learning rate for the current pipeline?" gives little insight: the next change moves it. */
const scientificOptimizerHyperparameter: RoleRule = ({ key, role, meaning }) =>
  role === "scientific" && OPTIMIZER_HYPERPARAMETERS.includes(meaning)
    ? {
        rule: "scientific-optimizer-hyperparameter",
        section: SECTION,
        hyperparameter: key,
        text: `${key} (${meaning}) is scientific: its best value changes with the next change of the pipeline, so the answer will not last; it is usually nuisance`,
      }
    : undefined

/** The choice of the optimizer is usually scientific or fixed. */
const nuisanceOptimizer: RoleRule = ({ key, role, meaning }) =>
  role === "nuisance" && meaning === "optimizer"
    ? {
        rule: "nuisance-optimizer",
        section: SECTION,
        hyperparameter: key,
        text: `${key} is nuisance: the choice of the optimizer is usually scientific or fixed, because each optimizer has its own hyperparameters to tune`,
      }
    : undefined

/** Whether a regulariser is there at all is scientific or fixed; its strength is nuisance. */
const nuisanceRegulariserSwitch: RoleRule = ({ key, role, meaning }) =>
  role === "nuisance" && meaning === "regulariser-switch"
    ? {
        rule: "nuisance-regulariser-switch",
        section: SECTION,
        hyperparameter: key,
        text: `${key} is nuisance: whether to have a regulariser at all adds complexity and is usually scientific or fixed; its strength is the nuisance hyperparameter`,
      }
    : undefined

/** Architecture changes cost of training and serving: scientific or fixed. */
const nuisanceArchitecture: RoleRule = ({ key, role, meaning }) =>
  role === "nuisance" && meaning === "architecture"
    ? {
        rule: "nuisance-architecture",
        section: SECTION,
        hyperparameter: key,
        text: `${key} (architecture) is nuisance: it changes what training and serving cost and is usually scientific or fixed`,
      }
    : undefined

/** A strength fixed while something else is compared: regularisation interacts with model size most of all. */
const fixedRegulariser: RoleRule = ({ key, role, meaning, given }, all) =>
  role === "fixed" &&
  given &&
  meaning === "regulariser" &&
  all.some((other) => other.role === "scientific" && other.meaning === "architecture")
    ? {
        rule: "fixed-regulariser",
        section: SECTION,
        hyperparameter: key,
        text: `${key} (regulariser) is fixed while the architecture is compared: its best value usually depends on the model's size`,
      }
    : undefined

const rules: ReadonlyArray<RoleRule> = [
  fixedOptimizerHyperparameter,
  scientificOptimizerHyperparameter,
  nuisanceOptimizer,
  nuisanceRegulariserSwitch,
  nuisanceArchitecture,
  fixedRegulariser,
]

/** What the playbook's rules of thumb say about these roles. */
export const roleWarnings = (roles: ReadonlyArray<RoleOf>): ReadonlyArray<Warning> =>
  roles.flatMap((role) => rules.flatMap((rule) => rule(role, roles) ?? []))
