/**
 * How many cases a long property test draws: all of them in `npm test`, one in a hundred in `npm run test:quick`, which
 * is run many times a day.
 */
export const caseCount = (all: number): number =>
  process.env["TEST_MODE"] === "quick" ? Math.ceil(all / 100) : all;
