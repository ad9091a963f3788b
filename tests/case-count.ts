/**
 * How many cases a long property test draws: all of them in `npm test`, one in a hundred in `npm run test:quick`, which
 * is run many times a day.
 */
export const caseCount = (all: number): number =>
  process.env["TEST_MODE"] === "quick" ? Math.ceil(all / 100) : all;

/** The same for cases that are listed. */
export const casesOf = <T>(all: readonly T[]): readonly T[] =>
  all.filter((_, index) => index % Math.ceil(all.length / caseCount(all.length)) === 0);
