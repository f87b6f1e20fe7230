import { UNDECLARED_SEEDS } from "./undeclared-seeds.ts"

/** Text of the rule, in sentences of several others. */
export const undeclaredSeeds = {
  en: "the program does not declare the duty `seeds` and its command passes no seed, so re-runs with fresh seeds would prove nothing",
  ja: "プログラムが seeds を宣言せず，コマンドもシードを渡していないため，新しいシードでの再実行は何も示しません",
}

export const undeclaredSeedsCure = {
  en: `declare it (tanren.started("seeds")) or pass a seed in the command (--seed={seeds.init}). If the program draws its own seeds, override the rule "${UNDECLARED_SEEDS}" in the goal, with a reason`,
  ja: `seeds を宣言するか，コマンドでシードを渡してください（--seed={seeds.init}）．自分でシードを引くプログラムなら，目標で規則 ${UNDECLARED_SEEDS} を理由とともに上書きしてください`,
}
