import { writeFileSync } from "node:fs"
import {
  analyseResults,
  analysisReport,
  findingsJson,
  type Outcome,
  type Results,
  readingText,
  readResults,
  reportOffer,
  verdictsText,
} from "@tanren/analyze"
import { describe } from "@tanren/insight"
import { renderReport } from "@tanren/report"
import { readSearchSpace } from "@tanren/space/schema"
import type { Finding } from "@tanren/terms"
import { type Language, languages } from "@tanren/words"
import { Console, Effect, Option } from "effect"
import { Argument, Command, Flag } from "effect/cli"
import { badInput, issueLine } from "../bad-input.ts"
import { readData } from "../data-file.ts"
import { names } from "../names-flag.ts"

export const analyze = Command.make(
  "analyze",
  {
    files: Argument.String("file").pipe(
      Argument.withDescription(
        "Results: CSV, JSON lines, an Optuna or MLflow database, a W&B export or an mlruns folder",
      ),
      Argument.atLeast(1),
    ),
    space: Flag.String("space").pipe(
      Flag.withMetavar("file"),
      Flag.withDescription("The declared ranges and scales, in Tanren's JSON or YAML or AlgoPerf's JSON"),
      Flag.optional,
    ),
    metric: Flag.String("metric").pipe(
      Flag.withMetavar("name"),
      Flag.withDescription("Name of the metric in the file"),
      Flag.optional,
    ),
    goal: Flag.Literals("goal", ["minimize", "maximize"]).pipe(
      Flag.withDescription("Whether to minimize or maximize the metric"),
      Flag.optional,
    ),
    noise: Flag.Finite("noise").pipe(
      Flag.withDescription("Standard deviation of the metric over re-runs with other seeds, if it is known"),
      Flag.optional,
    ),
    schedule: Flag.Literals("schedule", ["constant", "decays-to-end", "cyclic"]).pipe(
      Flag.withDescription(
        "Learning-rate schedule. Late improvement is normal if it decays to the end; a swinging metric, if it is cyclic",
      ),
      Flag.optional,
    ),
    final: Flag.Boolean("final").pipe(
      Flag.withDescription("Judge each trial by its last evaluation instead of its best one"),
      Flag.withDefault(false),
    ),
    scientific: names(
      "scientific",
      "Hyperparameters whose values to compare (separate them by commas, or repeat the flag)",
    ),
    hyperparameters: names("hyperparameters", "The columns that are hyperparameters; no other column is taken for one"),
    ignore: names("ignore", "Columns to ignore"),
    study: Flag.String("study").pipe(
      Flag.withMetavar("name"),
      Flag.withDescription("Study (Optuna) or experiment (MLflow) to read, if the file holds several"),
      Flag.optional,
    ),
    json: Flag.Boolean("json").pipe(Flag.withDescription("Print the findings as JSON"), Flag.withDefault(false)),
    html: Flag.String("html").pipe(
      Flag.withMetavar("file"),
      Flag.withDescription("Write the offline report to this file"),
      Flag.optional,
    ),
    language: Flag.Literals("language", languages).pipe(
      Flag.withDescription("Language of the findings and the report"),
      Flag.withDefault("en"),
    ),
  },
  Effect.fn("analyze")(function* (flags) {
    const space = Option.isSome(flags.space) ? yield* readSpace(flags.space.value) : undefined
    const noise = Option.getOrUndefined(flags.noise)
    if (noise !== undefined && noise <= 0)
      return yield* badInput(`--noise: must be greater than 0, found ${noise}; leave it out if it is not known`)
    const results = yield* accepted(
      readResults(flags.files, {
        ...(space === undefined ? {} : { space }),
        ...given("metric", flags.metric),
        ...given("goal", flags.goal),
        ...given("study", flags.study),
        ...given("schedule", flags.schedule),
        final: flags.final,
        scientific: flags.scientific,
        ignore: flags.ignore,
        ...(flags.hyperparameters.length === 0 ? {} : { hyperparameters: flags.hyperparameters }),
      }),
    )
    const found = analyseResults(results, noise === undefined ? {} : { noise })
    yield* show(results, inLanguage(found, flags.language), flags.json, flags.language)
    if (Option.isNone(flags.html) && !flags.json) yield* Console.log(`\n${reportOffer(flags.language)}`)
    if (Option.isSome(flags.html)) yield* writeHtml(flags.html.value, results, found, flags.language, flags.json)
  }),
).pipe(
  Command.withDescription(
    "Check results from any tool against the playbook's checklist; needs no server and no campaign",
  ),
)

const given = <K extends string, A>(name: K, value: Option.Option<A>): { readonly [key in K]?: A } =>
  (Option.isSome(value) ? { [name]: value.value } : {}) as { readonly [key in K]?: A }

const readSpace = Effect.fnUntraced(function* (file: string) {
  const data = yield* readData(file, "a search space (JSON or YAML)")
  if (typeof data === "object" && data !== null && ("goals" in data || "trainer" in data))
    return yield* badInput(
      `${file}: is a campaign, not a search space; give {"metric": {...}, "hyperparameters": [...]} alone`,
    )
  const decoded = readSearchSpace(data)
  return decoded.ok ? decoded.space : yield* badInput(...decoded.issues.map((issue) => issueLine(file, issue)))
})

const accepted = Effect.fnUntraced(function* (outcome: Outcome<Results>) {
  return outcome.ok ? outcome.value : yield* badInput(...outcome.lines)
})

const inLanguage = (findings: ReadonlyArray<Finding>, language: Language): ReadonlyArray<Finding> =>
  language === "en" ? findings : findings.map((finding) => ({ ...finding, text: describe(finding, language) }))

/** With --json nothing but JSON goes to the output; how the file was understood is said beside it. */
const show = Effect.fnUntraced(function* (
  results: Results,
  findings: ReadonlyArray<Finding>,
  json: boolean,
  language: Language,
) {
  if (json) {
    yield* Console.error(readingText(results, language))
    return yield* Console.log(findingsJson(findings))
  }
  const width = Math.min(100, process.stdout.columns ?? 80)
  yield* Console.log(`${readingText(results, language)}\n\n${verdictsText(findings, language, width)}`)
})

const writeHtml = Effect.fnUntraced(function* (
  file: string,
  results: Results,
  findings: ReadonlyArray<Finding>,
  language: Language,
  json: boolean,
) {
  const page = yield* Effect.promise(() => renderReport(analysisReport(results, findings, language), { language }))
  yield* Effect.try({
    try: () => writeFileSync(file, page),
    catch: (error) => badInput(`--html: ${file} cannot be written (${error instanceof Error ? error.message : error})`),
  })
  yield* (json ? Console.error : Console.log)(`\n${language === "ja" ? "レポート" : "Report"}: ${file}`)
})
