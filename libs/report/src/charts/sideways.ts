/** In [-1, 1]: the golden ratio's multiples fill an interval evenly however many there are. */
export const sideways = (order: number): number => 2 * ((0.5 + order * 0.618034) % 1) - 1
