import type { ReportHead } from "../storage/ports.ts";

/**
 * Everybody who wrote something of what would be handed in now: who saved since the report or its
 * correction was opened, and who last saved each section, which also covers what an older head and a
 * published submission brought along.
 */
export const authorsOf = ({ editors = [], sections }: ReportHead): readonly string[] =>
  [...new Set([...editors, ...Object.values(sections).map(({ by }) => by)])].sort();
