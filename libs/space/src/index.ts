export * from "./hyperparameter.ts"
export * from "./trial.ts"
