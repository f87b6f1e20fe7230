import { Visitor } from "rolldown/utils"
import { memberOf, type Node, type parsed } from "./syntax.ts"

/** Under which names a file has `createRequire`, and what it makes. */
export const requiresIn = (program: ReturnType<typeof parsed>) => {
  const makers = new Set(["createRequire"])
  const requires = new Set(["require"])
  new Visitor({
    ImportSpecifier: ({ imported, local }) => {
      if (nameOf(imported as Node) === "createRequire") makers.add(local.name)
    },
    Property: ({ key, value }) => {
      if (nameOf(key as Node) === "createRequire" && value.type === "Identifier") makers.add(value.name)
    },
    VariableDeclarator: ({ id, init }) => {
      const { callee } = (init ?? {}) as Node
      const name = callee === undefined ? undefined : (callee.name ?? memberOf(callee))
      if (id.type === "Identifier" && name !== undefined && makers.has(name)) requires.add(id.name)
    },
  }).visit(program)
  return { makers, requires }
}

/** As another module calls it. */
export const nameOf = ({ name, value }: Node): string => name ?? String(value)
