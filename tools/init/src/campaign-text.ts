import type { CampaignFile, GoalFile } from "@tanren/playbook/author"
import type { Hyperparameter, ScaleName, Value } from "@tanren/terms"
import { stringify } from "yaml"
import type { Composed } from "./compose.ts"

/** A campaign file in TypeScript, as a person would write it. */
export const campaignTypeScript = (campaign: Composed, comments: ReadonlyArray<string>): string => {
  const declarations = byName(campaign.hyperparameters).map(
    ([name, some]) => `    ${keyOf(name)}: ${some.length === 1 ? declarationOf(some[0]!) : variantsOf(some)},`,
  )
  const goals = campaign.goals.map(goalOf)
  const { trainer, metric } = campaign
  const words = [
    "campaign",
    "goal",
    "program",
    metric.goal,
    ...["boolean", "choice", "discrete", "int", "linear", "log", "per", "reverseLog"].filter((word) =>
      declarations.some((line) => line.includes(` ${word}(`)),
    ),
  ]
  return [
    `import { ${words.toSorted().join(", ")} } from "tanren"`,
    "",
    ...comments.map((line) => `// ${line}`),
    "export default campaign({",
    `  name: ${JSON.stringify(campaign.name)},`,
    `  trainer: program(${commandOf(trainer.type === "program" ? trainer.command : [])}${optionsOf(trainer)}),`,
    `  metric: ${metric.goal}(${JSON.stringify(metric.name)}),`,
    `  maxTrainSteps: ${campaign.maxTrainSteps},`,
    `  evalEverySteps: ${campaign.evalEverySteps},`,
    ...(campaign.stepUnit === undefined ? [] : [`  stepUnit: ${JSON.stringify(campaign.stepUnit)},`]),
    "  hyperparameters: {",
    ...declarations,
    "  },",
    `  baseline: ${objectOf(campaign.baseline)},`,
    "  goals: [",
    ...goals,
    "  ],",
    ...(campaign.policy?.parallel === undefined ? [] : [`  policy: { parallel: ${campaign.policy.parallel} },`]),
    "})",
    "",
  ].join("\n")
}

/** The same as YAML. */
export const campaignYaml = (campaign: Composed, comments: ReadonlyArray<string>): string => {
  const { hyperparameters, ...rest } = campaign
  const entries = byName(hyperparameters).map(([name, some]) => {
    const unnamed = some.map(({ name: _, ...one }) => one)
    return [name, unnamed.length === 1 ? unnamed[0] : unnamed] as const
  })
  const file = {
    ...rest,
    hyperparameters: Object.fromEntries(entries),
    baseline: campaign.baseline,
    goals: campaign.goals,
  }
  return `${comments.map((line) => `# ${line}\n`).join("")}${stringify(file, { lineWidth: 0, flowCollectionPadding: true })}`
}

const byName = (hyperparameters: ReadonlyArray<Hyperparameter>) =>
  [...new Set(hyperparameters.map(({ name }) => name))].map(
    (name) => [name, hyperparameters.filter((one) => one.name === name)] as const,
  )

/** One name under several values of one parent: `per("optimizer", { sgd: …, adam: … })`. */
const variantsOf = (some: ReadonlyArray<Hyperparameter>): string => {
  const [parent = ""] = Object.keys(some[0]?.when ?? {})
  const variants = some.flatMap((one) =>
    (one.when?.[parent] ?? []).map((value) => `${keyOf(String(value))}: ${plainDeclaration(one)}`),
  )
  return `per(${JSON.stringify(parent)}, { ${variants.join(", ")} })`
}

/** What follows the command: `, { resources: "gpu" }`. */
const optionsOf = (trainer: CampaignFile["trainer"]): string => {
  const patterns = trainer.type === "program" ? trainer.metrics : undefined
  const others = [
    ...(trainer.env === undefined ? [] : [`env: ${JSON.stringify(trainer.env).replaceAll(",", ", ")}`]),
    ...(trainer.resources === undefined ? [] : [`resources: ${JSON.stringify(trainer.resources)}`]),
  ]
  if (patterns === undefined) return others.length === 0 ? "" : `, { ${others.join(", ")} }`
  return [
    ", {",
    "    metrics: {",
    "      fromStdout: {",
    ...Object.entries(patterns.fromStdout).map(
      ([name, pattern]) => `        ${keyOf(name)}: ${JSON.stringify(pattern)},`,
    ),
    "      },",
    "    },",
    ...others.map((other) => `    ${other},`),
    "  }",
  ].join("\n")
}

/** Each option with its value on a line of its own, where they are many. */
const commandOf = (command: ReadonlyArray<string>): string => {
  const short = `[${command.map(literalOf).join(", ")}]`
  if (short.length < 90) return short
  const lines: Array<ReadonlyArray<string>> = []
  for (const part of command) {
    const last = lines.at(-1)
    const alone =
      last === undefined || part.startsWith("-") || part.includes("?") || (last[0]?.startsWith("-") && last.length > 1)
    if (alone) lines.push([part])
    else lines[lines.length - 1] = [...last, part]
  }
  return `[\n${lines.map((line) => `    ${line.map(literalOf).join(", ")},\n`).join("")}  ]`
}

const keyOf = (name: string): string => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name))

const objectOf = (values: Readonly<Record<string, Value>>): string => {
  const entries = Object.entries(values).map(([name, value]) => `${keyOf(name)}: ${literalOf(value)}`)
  return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`
}

const literalOf = (value: Value): string => JSON.stringify(value)

const declarationOf = (one: Hyperparameter): string => {
  const when = Object.entries(one.when ?? {}).map(([parent, values]) => {
    const listed = values.map(literalOf).join(", ")
    return `${keyOf(parent)}: ${values.length === 1 ? listed : `[${listed}]`}`
  })
  return `${plainDeclaration(one)}${when.length === 0 ? "" : `.when({ ${when.join(", ")} })`}`
}

/** The authoring functions of floats. */
const floats: Readonly<Record<ScaleName, string>> = { linear: "linear", log: "log", reverse_log: "reverseLog" }

const plainDeclaration = (one: Hyperparameter): string => {
  if (one.type === "boolean")
    return `boolean(${one.meaning === undefined ? "" : `{ meaning: ${JSON.stringify(one.meaning)} }`})`
  if (!("low" in one)) {
    const meant = one.meaning === undefined ? "" : `, { meaning: ${JSON.stringify(one.meaning)} }`
    return `${one.type === "discrete" ? "discrete" : "choice"}([${one.values.map(literalOf).join(", ")}]${meant})`
  }
  const { low, high, scale = "linear", naturalLow, naturalHigh } = one
  const natural = [naturalLow, naturalHigh].map((limit, at) =>
    limit === true ? (at === 0 ? low : high) : (limit ?? null),
  )
  const options = [
    ...(natural.every((limit) => limit === null || limit === false)
      ? []
      : [`natural: ${JSON.stringify(natural).replace(",", ", ")}`]),
    ...(one.meaning === undefined ? [] : [`meaning: ${JSON.stringify(one.meaning)}`]),
    ...(one.type === "int" && scale !== "linear" ? [`scale: ${JSON.stringify(scale)}`] : []),
  ]
  const word = one.type === "int" ? "int" : floats[scale]
  return `${word}(${low}, ${high}${options.length === 0 ? "" : `, { ${options.join(", ")} }`})`
}

const goalOf = ({ question, ...options }: GoalFile): string =>
  [
    `    goal(${JSON.stringify(question)}, {`,
    ...Object.entries(options)
      .filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0))
      .map(([name, value]) => `      ${name}: ${JSON.stringify(value).replaceAll(",", ", ")},`),
    "    }),",
  ].join("\n")
