// One bad trainer for each value of `kind`, and a good one.
const { readFileSync } = await import("node:fs")
const { kind } = JSON.parse(readFileSync(process.env.TANREN_TRIAL, "utf8")).hyperparameters
await import(kind === "good" ? "./steps.mjs" : `./bad/${kind}.mjs`)
