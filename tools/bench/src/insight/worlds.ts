import { ask, questions, readStudy } from "@tanren/insight"
import { type Family, type World, worlds } from "@tanren/insight/planted"
import { type Finding, isComparable, randomOf, type Trial } from "@tanren/terms"

type QuestionId = (typeof questions)[number]["id"]

/** One question about one kind of study: what is expected there, and shares of the studies by verdict. */
export interface Asked {
  readonly question: QuestionId
  readonly expected: "present" | "absent" | "open"
  readonly problem: number
  readonly watch: number
  /** Problems where nothing is, or about another subject than what is planted. */
  readonly falseAlarm: number
}

export interface WorldScore {
  readonly world: string
  readonly trials: number
  readonly effect: number
  readonly cases: number
  readonly asked: ReadonlyArray<Asked>
  /** Share of the studies in which some problem's action cuts the best trial away. */
  readonly cutsBest: number
}

/** All questions on one kind of study. */
export const scoreWorld = (
  family: Family,
  world: World,
  trials: number,
  effect: number,
  cases: number,
  seed = "tuning",
): WorldScore => {
  const counts = new Map(questions.map(({ id }) => [id, { problem: 0, watch: 0, falseAlarm: 0 }]))
  let cuts = 0
  for (let index = 0; index < cases; index++) {
    const random = randomOf(`worlds/${seed}/${family}/${world.name}/${trials}/${effect}/${index}`)
    const input = world.make({ family, random, trials, effect })
    const study = readStudy(input)
    for (const { id } of questions) {
      const findings = ask(id, study)
      const problems = findings.filter(({ verdict }) => verdict === "problem")
      const present = world.present.filter(({ question }) => question === id)
      const isPresent = ({ subject }: Finding) =>
        present.some((one) => one.subject === undefined || one.subject === subject)
      const count = counts.get(id)!
      if (problems.some((finding) => present.length === 0 || isPresent(finding))) count.problem++
      else if (findings.some(({ verdict }) => verdict === "watch" || verdict === "problem")) count.watch++
      if (!world.open.includes(id) && problems.some((finding) => !isPresent(finding))) count.falseAlarm++
      if (problems.some(({ action }) => action !== undefined && cutsBest(action, input.trials))) cuts++
    }
  }
  return {
    world: world.name,
    trials,
    effect,
    cases,
    cutsBest: cuts / cases,
    asked: questions.map(({ id }) => ({
      question: id,
      expected: world.present.some(({ question }) => question === id)
        ? "present"
        : world.open.includes(id)
          ? "open"
          : "absent",
      problem: counts.get(id)!.problem / cases,
      watch: counts.get(id)!.watch / cases,
      falseAlarm: counts.get(id)!.falseAlarm / cases,
    })),
  }
}

const cutsBest = (action: NonNullable<Finding["action"]>, trials: ReadonlyArray<Trial>): boolean => {
  if (action.type !== "cut" && action.type !== "cut-values") return false
  const best = trials.filter(isComparable).reduce((a, b) => (b.value < a.value ? b : a))
  const value = best.hyperparameters[action.hyperparameter]
  if (action.type === "cut-values") return value !== undefined && !action.keep.includes(value)
  return typeof value === "number" && (value > (action.high ?? value) || value < (action.low ?? value))
}

/** Of what was asked, what falls short: recall below, or false alarms above, a share. */
export const fallsShort = (
  { asked }: Pick<WorldScore, "asked">,
  { recall, falseAlarms }: { readonly recall: number; readonly falseAlarms: number },
): ReadonlyArray<Asked> =>
  asked.filter(
    (one) =>
      (one.expected === "present" && one.problem < recall) || (one.expected !== "open" && one.falseAlarm > falseAlarms),
  )

export const worldsNamed = (part: string | undefined): ReadonlyArray<World> =>
  part === undefined ? worlds : worlds.filter(({ name }) => name.includes(part))
