import { appendFileSync } from "node:fs"

appendFileSync("news.txt", `${process.env.TANREN_ABOUT}: ${process.env.TANREN_TEXT}\n`)
