import type { StudyDesign } from "@tanren/search"
import { isConstant, isRanged, scaleOf } from "@tanren/space"
import type { Hyperparameter } from "@tanren/terms"
import type { CampaignSpec } from "../campaign/campaign.ts"
import type { Warning } from "../scientific-nuisance-fixed/roles.ts"

/** Our reading: a third of a goal is kept for refinement, where the policy refines and the rest still is a study. */
const REFINEMENT_SHARE = 1 / 3

/**
 * Our reading: below this many trials for each scientific value nothing is kept back for refinement; so a study that is
 * cut down to keep some has at least 16 trials left.
 */
const REFINEMENT_FROM = 24

/** Our reading of density: fewer distinct positions than this along each searched axis (trials^(1/dimensions)). */
const POSITIONS_PER_AXIS = 1.6

/** Our reading: a log-scaled range of a nuisance hyperparameter below one decade is narrow. */
const NARROW_DECADES = 1

const SECTION = "Striking a balance between informative and affordable experiments"

/** The three desiderata of the playbook as numbers. */
export interface Desiderata {
  /** 1. Enough different values of the scientific hyperparameters; null where a range is compared in one study. */
  readonly scientificValues: number | null
  /** 2. Nuisance hyperparameters tuned over a wide enough space: for each study, what is searched, and how widely. */
  readonly breadth: ReadonlyArray<{
    readonly study: string
    readonly searched: number
    /** log10(high / low) for a log scale (of 1 − x for reverse_log); null otherwise. */
    readonly decades: Readonly<Record<string, number | null>>
  }>
  /** 3. … sampled densely enough: trials a study, and how many positions an axis that makes. */
  readonly density: ReadonlyArray<{
    readonly study: string
    readonly trials: number
    readonly dimensions: number
    /** trials^(1 / dimensions); null where nothing is searched. */
    readonly positionsPerAxis: number | null
  }>
}

/** How a goal's trials are shared out: the same number for each study, some of it kept for refinement. */
export interface Shares {
  readonly perStudy: number
  /** Kept for refinement, over all studies. */
  readonly reserved: number
  /** Trials that equal shares leave over. */
  readonly left: number
}

/** Equal trials for each scientific value; a third kept back where the policy refines and what remains is a study. */
export function shareTrials(trials: number, studies: number, refine: CampaignSpec["policy"]["refine"]): Shares {
  const each = Math.floor(trials / studies)
  const kept = refine === "never" || each < REFINEMENT_FROM ? 0 : Math.floor(each * REFINEMENT_SHARE)
  return { perStudy: each - kept, reserved: kept * studies, left: trials - each * studies }
}

export function desiderataOf(scientificValues: number | null, studies: ReadonlyArray<StudyDesign>): Desiderata {
  const searchedIn = (study: StudyDesign) => study.searched.filter((one) => !isConstant(one))
  return {
    scientificValues,
    breadth: studies.map((study) => ({
      study: study.id,
      searched: searchedIn(study).length,
      decades: Object.fromEntries(searchedIn(study).map((one) => [one.name, decadesOf(one)])),
    })),
    density: studies.map((study) => {
      const dimensions = searchedIn(study).length
      return {
        study: study.id,
        trials: study.trials,
        dimensions,
        positionsPerAxis: dimensions === 0 ? null : study.trials ** (1 / dimensions),
      }
    }),
  }
}

/** A warning for each desideratum that starves. */
export function desiderataWarnings(
  desiderata: Desiderata,
  studies: ReadonlyArray<StudyDesign>,
  compares: boolean,
): ReadonlyArray<Warning> {
  const warnings: Warning[] = []
  const warn = (rule: string, text: string, hyperparameter?: string) =>
    warnings.push({ rule, section: SECTION, text, ...(hyperparameter === undefined ? {} : { hyperparameter }) })
  if (compares && desiderata.scientificValues !== null && desiderata.scientificValues < 2) {
    warn("scientific-values", "only one scientific value is left to compare")
  }
  if (compares && desiderata.breadth.some(({ searched }) => searched === 0)) {
    warn("breadth", "nothing is tuned besides the scientific values: the comparison holds only for the fixed values")
  }
  for (const hyperparameter of distinct(studies.flatMap(({ searched }) => searched))) {
    const decades = decadesOf(hyperparameter)
    if (decades === null || decades >= NARROW_DECADES || hyperparameter.type !== "float") continue
    warn(
      "breadth",
      `${hyperparameter.name} is searched over only ${decades.toFixed(2)} decades: its best value may lie outside`,
      hyperparameter.name,
    )
  }
  for (const { study, trials, dimensions, positionsPerAxis } of desiderata.density) {
    if (positionsPerAxis === null || positionsPerAxis >= POSITIONS_PER_AXIS) continue
    const needed = Math.ceil(POSITIONS_PER_AXIS ** dimensions)
    warn(
      "density",
      `${study}: ${trials} trials over ${dimensions} dimensions are sparse; use ${needed} trials or fewer nuisance hyperparameters to sample more densely`,
    )
  }
  return warnings
}

/** One for each name and range: several studies search the same hyperparameter. */
const distinct = (hyperparameters: ReadonlyArray<Hyperparameter>): ReadonlyArray<Hyperparameter> => [
  ...new Map(hyperparameters.map((one) => [JSON.stringify(one), one])).values(),
]

const decadesOf = (hyperparameter: Hyperparameter): number | null =>
  isRanged(hyperparameter) ? scaleOf(hyperparameter).decades(hyperparameter.low, hyperparameter.high) : null
