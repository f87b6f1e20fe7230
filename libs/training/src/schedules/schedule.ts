/**
 * The factor on the base learning rate at a step (from 0); a pure function of the step, so that resuming needs no
 * schedule state. Playbook, "What is the best learning rate decay schedule family?".
 */
export type Schedule = (step: number) => number

/** A schedule for training of any length: given its steps, the warmup's not among them. */
export type Course = (steps: number) => Schedule

export const constant: Course = () => () => 1
