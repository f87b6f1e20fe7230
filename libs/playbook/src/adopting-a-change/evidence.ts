/** What a verdict rests on, for the answer and the launch alike. Changing one changes decisions to come, never recorded ones. */

/** Two-sided level of every interval that a verdict rests on. */
export const CONFIDENCE = 0.95

/** Fewer repeats than this on a side carry no verdict: a standard deviation of two is hardly one. */
export const LEAST_REPEATS = 3

/** Power at which "how many repeats would show it" is answered: four times of five, the usual convention. */
export const POWER = 0.8
