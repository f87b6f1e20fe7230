import { breaches } from "./borders.ts"
import { sourceFiles } from "./house.ts"

const problems = sourceFiles().flatMap(breaches)
for (const line of problems) console.error(line)
process.exitCode = problems.length === 0 ? 0 : 1
