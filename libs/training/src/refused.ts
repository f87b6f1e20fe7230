/** What a person asked for cannot be, or a file is not what it should be: told in one line, without a stack. */
export class Refused extends Error {}
