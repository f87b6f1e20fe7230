import { question } from "../../question.ts"
import { judge } from "./judge.ts"
import { bestSteps } from "./words.ts"

export const bestStep = question({
  id: "best-step",
  title: { en: "Where does the best step fall?", ja: "最良のステップはどこか？" },
  name: { en: "best step", ja: "最良のステップ" },
  section: "Deciding how long to train when training is not compute-bound",
  docs: {
    problem:
      'in four of five of the better half (the playbook\'s "always", give or take), the best step lies in the first 10 % (too many steps), or in the last 25 %* under a constant schedule while that quarter gains more than 0.85 noises; otherwise `watch`: a curve without noise is best at its end, however little it gains there',
    action: "`train-shorter`, `train-longer`",
  },
  needsNoise: false,
  tellings: [bestSteps],
  judge,
  planted: async () => (await import("./planted.ts")).planted,
})
