import { breaches } from "./borders.ts"
import { undeclared } from "./dependencies.ts"
import { sourceFiles } from "./house.ts"

const files = sourceFiles()
const problems = [...files.flatMap((file) => breaches(file)), ...undeclared(files)]
for (const line of problems) console.error(line)
process.exitCode = problems.length === 0 ? 0 : 1
