/** An input that is wrong, the path of each of its issues, and words that the issue at that path must show. */
export interface Invalid {
  readonly what: string
  readonly input: unknown
  readonly issues: ReadonlyArray<readonly [path: string, ...words: ReadonlyArray<string>]>
}

const rate = { name: "learning_rate", type: "float", low: 1e-4, high: 1, scale: "log" }
const optimizer = { name: "optimizer", type: "categorical", values: ["nesterov", "adam"] }
const first = "hyperparameters[0]"

const of = (...hyperparameters: ReadonlyArray<unknown>): unknown => ({ hyperparameters })
/** One declaration: the learning rate with some fields replaced. */
const rateWith = (fields: object): unknown => of({ ...rate, ...fields })
const width = (fields: object): unknown => of({ name: "width", type: "int", low: 16, high: 256, ...fields })

const wholeFile: ReadonlyArray<Invalid> = [
  { what: "nothing", input: undefined, issues: [["", "found nothing", "hyperparameters"]] },
  { what: "null", input: null, issues: [["", "found null"]] },
  { what: "a text", input: "space", issues: [["", '"space"']] },
  { what: "a list", input: [rate], issues: [["", "is not a search space"]] },
  { what: "an empty object", input: {}, issues: [["hyperparameters", "found nothing"]] },
  { what: "no hyperparameters", input: of(), issues: [["hyperparameters", "nothing to search", "[]"]] },
  { what: "hyperparameters as a text", input: { hyperparameters: "rate" }, issues: [["hyperparameters", "a list"]] },
  {
    what: "a faulty hyperparameter by name",
    input: { hyperparameters: { rate: { type: "float", low: "0.1", high: 1 } } },
    issues: [["hyperparameters.rate.low", '"0.1"', "a finite number"]],
  },
  {
    what: "a faulty variant by name",
    input: {
      hyperparameters: { optimizer: { type: "categorical", values: ["a", "b"] }, rate: [{ type: "float", low: 1 }] },
    },
    issues: [["hyperparameters.rate[0].high", "is missing", "a finite number"]],
  },
  { what: "an unknown field", input: { hyperparameters: [rate], metrics: [] }, issues: [["metrics", "metric"]] },
  { what: "a later version", input: { version: 2, hyperparameters: [rate] }, issues: [["version", "found 2", "1"]] },
  {
    what: "a metric without a goal",
    input: { metric: { name: "valid/error" }, hyperparameters: [rate] },
    issues: [["metric.goal", "missing", '"minimize" | "maximize"']],
  },
  {
    what: "a metric with a goal in other words",
    input: { metric: { name: "", goal: "min" }, hyperparameters: [rate] },
    issues: [
      ["metric.name", '""'],
      ["metric.goal", '"min"', '"minimize"'],
    ],
  },
  {
    what: "a metric that is a text",
    input: { metric: "valid/error", hyperparameters: [rate] },
    issues: [["metric", '"valid/error"']],
  },
]

const shapes: ReadonlyArray<Invalid> = [
  { what: "a hyperparameter that is a text", input: of("learning_rate"), issues: [[first, '"learning_rate"']] },
  { what: "no type", input: of({ name: "x", low: 0, high: 1 }), issues: [[`${first}.type`, "missing", "float, int"]] },
  { what: "an unknown type", input: rateWith({ type: "real" }), issues: [[`${first}.type`, '"real"', "categorical"]] },
  { what: "no name", input: rateWith({ name: undefined }), issues: [[`${first}.name`, "missing"]] },
  { what: "an empty name", input: rateWith({ name: " " }), issues: [[`${first}.name`, "needs a name"]] },
  { what: "a name with an equals sign", input: rateWith({ name: "a=b" }), issues: [[`${first}.name`, "a=b"]] },
  { what: "a name with spaces around it", input: rateWith({ name: " lr" }), issues: [[`${first}.name`, '" lr"']] },
  { what: "a name that objects reserve", input: rateWith({ name: "__proto__" }), issues: [[`${first}.name`]] },
  { what: "a name that is a number", input: rateWith({ name: 3 }), issues: [[`${first}.name`, "found 3", "a text"]] },
  { what: "a misspelt field", input: rateWith({ scael: "log" }), issues: [[`${first}.scael`, "scale"]] },
  {
    what: "AlgoPerf's fields in Tanren's format",
    input: of({ name: "x", type: "float", min: 0, max: 1 }),
    issues: [
      [`${first}.low`, "missing"],
      [`${first}.high`, "missing"],
      [`${first}.min`, "low, high"],
      [`${first}.max`, "low, high"],
    ],
  },
  { what: "an unknown scale", input: rateWith({ scale: "ln" }), issues: [[`${first}.scale`, '"ln"', '"log"']] },
  { what: "an unknown meaning", input: rateWith({ meaning: "lr" }), issues: [[`${first}.meaning`, "learning-rate"]] },
  { what: "a range on a boolean", input: of({ name: "b", type: "boolean", low: 0 }), issues: [[`${first}.low`]] },
]

const ranges: ReadonlyArray<Invalid> = [
  { what: "low above high", input: rateWith({ low: 2 }), issues: [[`${first}.low`, "found 2", "less than 1"]] },
  { what: "low equal to high", input: rateWith({ low: 1 }), issues: [[`${first}.low`, "found 1"]] },
  { what: "low as a text", input: rateWith({ low: "1e-4" }), issues: [[`${first}.low`, '"1e-4"', "finite number"]] },
  { what: "low not a number", input: rateWith({ low: Number.NaN }), issues: [[`${first}.low`, "found NaN"]] },
  { what: "high infinite", input: rateWith({ high: Infinity }), issues: [[`${first}.high`, "found Infinity"]] },
  { what: "a log scale from 0", input: rateWith({ low: 0 }), issues: [[`${first}.low`, "cannot reach 0", "found 0"]] },
  { what: "a log scale from below 0", input: rateWith({ low: -1 }), issues: [[`${first}.low`, "found -1"]] },
  {
    what: "a reverse_log scale up to 1",
    input: rateWith({ scale: "reverse_log" }),
    issues: [[`${first}.high`, "cannot reach 1", "less than 1"]],
  },
  { what: "a step of 0", input: rateWith({ step: 0 }), issues: [[`${first}.step`, "more than 0"]] },
  { what: "a negative step", input: rateWith({ step: -0.1 }), issues: [[`${first}.step`, "found -0.1"]] },
  { what: "a step larger than the range", input: rateWith({ step: 5 }), issues: [[`${first}.step`, "at most 0.9999"]] },
  { what: "a step too fine", input: rateWith({ step: 1e-15 }), issues: [[`${first}.step`, "too fine"]] },
  { what: "an int from a fraction", input: width({ low: 1.5 }), issues: [[`${first}.low`, "whole"]] },
  { what: "an int with a step of a half", input: width({ step: 0.5 }), issues: [[`${first}.step`, "whole number"]] },
  {
    what: "an int past exactness",
    input: width({ high: 1e15 }),
    issues: [[`${first}.high`, "this large", "1000000000000"]],
  },
  {
    what: "a natural limit inside the range, below",
    input: width({ naturalLow: 32 }),
    issues: [[`${first}.naturalLow`, "found 32", "at most 16"]],
  },
  {
    what: "a natural limit inside the range, above",
    input: width({ naturalHigh: 32 }),
    issues: [[`${first}.naturalHigh`, "found 32", "at least 256"]],
  },
  { what: "a natural edge in words", input: width({ naturalLow: "yes" }), issues: [[`${first}.naturalLow`, "true"]] },
]

const listed: ReadonlyArray<Invalid> = [
  { what: "no values", input: of({ ...optimizer, values: [] }), issues: [[`${first}.values`, "at least one"]] },
  { what: "values missing", input: of({ name: "o", type: "categorical" }), issues: [[`${first}.values`, "missing"]] },
  { what: "values as a text", input: of({ ...optimizer, values: "adam" }), issues: [[`${first}.values`, "a list"]] },
  {
    what: "a value twice",
    input: of({ ...optimizer, values: ["adam", "sgd", "adam"] }),
    issues: [[`${first}.values[2]`, "twice", '"adam"']],
  },
  {
    what: "a discrete value in words",
    input: of({ name: "k", type: "discrete", values: [3, "5"] }),
    issues: [[`${first}.values[1]`, '"5"', "finite number"]],
  },
  {
    what: "discrete values without an order",
    input: of({ name: "k", type: "discrete", values: [3, 7, 5] }),
    issues: [[`${first}.values`, "[3,7,5]", "categorical"]],
  },
  {
    what: "a value that is an object",
    input: of({ ...optimizer, values: ["adam", { name: "sgd" }] }),
    issues: [[`${first}.values[1]`, "sgd"]],
  },
  {
    what: "a value that is not a number",
    input: of({ ...optimizer, values: [1, Number.NaN] }),
    issues: [[`${first}.values[1]`, "NaN"]],
  },
]

const second = "hyperparameters[1]"
const under = (when: unknown): unknown => of(optimizer, { ...rate, when })

const conditions: ReadonlyArray<Invalid> = [
  {
    what: "an unknown parent",
    input: under({ optimiser: ["adam"] }),
    issues: [[`${second}.when.optimiser`, "optimizer"]],
  },
  {
    what: "a value that the parent lacks",
    input: under({ optimizer: ["sgd"] }),
    issues: [[`${second}.when.optimizer`, '"sgd"', '"adam"']],
  },
  { what: "an empty condition", input: under({}), issues: [[`${second}.when`, "at least one parent"]] },
  {
    what: "a condition without values",
    input: under({ optimizer: [] }),
    issues: [[`${second}.when.optimizer`, "at least one value"]],
  },
  {
    what: "a condition with a value twice",
    input: under({ optimizer: ["adam", "adam"] }),
    issues: [[`${second}.when.optimizer`, "twice"]],
  },
  {
    what: "a condition that is no value",
    input: under({ optimizer: { is: "adam" } }),
    issues: [[`${second}.when.optimizer[0]`, "is"]],
  },
  { what: "a condition in words", input: under("adam"), issues: [[`${second}.when`, '"adam"', "an object"]] },
  {
    what: "its own parent",
    input: rateWith({ when: { learning_rate: [0.1] } }),
    issues: [
      [`${first}.when.learning_rate`, "float"],
      [`${first}.when`, "learning_rate -> learning_rate"],
    ],
  },
  {
    what: "a cycle of parents",
    input: of(
      { name: "a", type: "boolean", when: { b: [true] } },
      { name: "b", type: "boolean", when: { c: [true] } },
      { name: "c", type: "boolean", when: { a: [true] } },
    ),
    issues: [
      [`${first}.when`, "a -> b -> c -> a"],
      ["hyperparameters[1].when", "b -> c -> a -> b"],
      ["hyperparameters[2].when", "c -> a -> b -> c"],
    ],
  },
  {
    what: "a float as parent",
    input: of(rate, { name: "decay", type: "boolean", when: { learning_rate: [0.1] } }),
    issues: [[`${second}.when.learning_rate`, "a float cannot be a parent"]],
  },
  {
    what: "the same name twice",
    input: of(rate, { ...rate, high: 2 }),
    issues: [[second, "hyperparameters[0]", "both"]],
  },
  {
    what: "the same name under conditions that overlap",
    input: of(
      optimizer,
      { ...rate, when: { optimizer: ["adam"] } },
      { ...rate, when: { optimizer: ["adam", "nesterov"] } },
    ),
    issues: [["hyperparameters[2]", "hyperparameters[1]", "adam"]],
  },
  {
    what: "the same name with and without a condition",
    input: of(optimizer, rate, { ...rate, when: { optimizer: ["adam"] } }),
    issues: [["hyperparameters[2]", "hyperparameters[1]"]],
  },
  {
    what: "the same name under different parents, which can both hold",
    input: of(
      optimizer,
      { name: "use_decay", type: "boolean" },
      { ...rate, when: { optimizer: ["adam"] } },
      { ...rate, when: { use_decay: [true] } },
    ),
    issues: [["hyperparameters[3]", "hyperparameters[2]"]],
  },
  {
    what: "a condition that its parent's condition excludes",
    input: of(
      optimizer,
      { name: "amsgrad", type: "boolean", when: { optimizer: ["adam"] } },
      { ...rate, when: { amsgrad: [true], optimizer: ["nesterov"] } },
    ),
    issues: [["hyperparameters[2].when", "can never hold"]],
  },
]

const together: ReadonlyArray<Invalid> = [
  {
    what: "all errors of a file at once, those of a broken declaration included",
    input: {
      version: 3,
      metric: { name: "valid/error", goal: "lower" },
      hyperparameters: [
        { ...rate, low: 0, scael: "log" },
        { name: "width", type: "integer", low: 1, high: 2 },
        { name: "layers", type: "int", low: 6, high: 1, step: "two" },
        { name: "dropout", type: "float", low: 0, high: 1, when: { use_dropout: [true] } },
        { name: "heads", type: "discrete", values: [1, 2], when: { width: [1] } },
      ],
    },
    issues: [
      ["version", "found 3"],
      ["metric.goal", '"lower"'],
      ["hyperparameters[0].low", "found 0"],
      ["hyperparameters[0].scael"],
      ["hyperparameters[1].type", '"integer"'],
      ["hyperparameters[2].low", "found 6"],
      ["hyperparameters[2].step", '"two"'],
      ["hyperparameters[3].when.use_dropout", "not declared"],
    ],
  },
]

export const invalidSpaces: ReadonlyArray<Invalid> = [
  ...wholeFile,
  ...shapes,
  ...ranges,
  ...listed,
  ...conditions,
  ...together,
]
