import { layOut, type Flow } from "./flow.ts";
import { readStatements } from "./read-statements.ts";
import type { Statements } from "./statements.ts";

/** A published report's text, read: its layout and every statement about figures. */
export interface ReadText extends Statements {
  readonly flow: Flow;
  /** Year of the report, as its headings and most of its text say. */
  readonly year?: number;
}

export function readText(source: string): ReadText {
  const flow = layOut(source);
  const read = readStatements(flow);
  const year = yearOf(read);
  return { flow, ...read, ...(year === undefined ? {} : { year }) };
}

/** Headings, sentences and the years they compare with vote; one of them may be wrong. */
function yearOf({ blocks }: Statements): number | undefined {
  const counts = new Map<number, number>();
  const vote = (year: number, weight: number) => counts.set(year, (counts.get(year) ?? 0) + weight);
  for (const { block } of blocks) {
    for (const match of block.text.matchAll(
      /(?<![较比与同\d])(20\d\d)年度(部门决算|单位决算)?/gu,
    )) {
      vote(Number(match[1]), match[2] === undefined ? 1 : 3);
    }
    for (const match of block.text.matchAll(/[较比与](20\d\d)年(?:度)?(?:相比|决算|增|减)/gu)) {
      vote(Number(match[1]) + 1, 2);
    }
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}
