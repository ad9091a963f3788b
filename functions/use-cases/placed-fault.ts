import { importFaultText } from "../../shared/forms/fault-text.ts";
import type { Edition } from "../../shared/forms/form.ts";
import type { ImportFault } from "../../shared/forms/import-fault.ts";

/** A fault of imported content as it is shown: its place, and what to do about it. */
export interface PlacedFault {
  readonly where: string;
  readonly message: string;
  /** Of the last one of a list that was cut short: how many faults it represents. */
  readonly more?: number;
  /** The file is a workbook of the accounts, which is imported by another way. */
  readonly isAccounts?: true;
}

/** Faults listed at a time; the rest shows when these are mended. */
export const mostFaults = 50;

export const placedFaults = (edition: Edition, faults: readonly ImportFault[]): PlacedFault[] =>
  wordedFaults(faults, (fault) => {
    const { where, what, why, mend } = importFaultText(edition, fault);
    return { where, message: `${what}。${why}。${mend}。` };
  });

/** Words no more faults than are listed; the last entry represents the others. */
export function wordedFaults<Fault>(
  faults: readonly Fault[],
  word: (fault: Fault) => PlacedFault,
): PlacedFault[] {
  if (faults.length <= mostFaults) return faults.map(word);
  const shown = faults.slice(0, mostFaults - 1);
  return [...shown.map(word), furtherFaults(faults.length - shown.length)];
}

const furtherFaults = (more: number): PlacedFault => ({
  where: "其余",
  message: `另有${String(more)}处问题没有逐一列出，请先改正以上各处。`,
  more,
});

/** How many faults a list represents. */
export const faultsIn = (faults: readonly PlacedFault[]): number =>
  faults.reduce((count, { more = 1 }) => count + more, 0);

/** The list as it is answered: no more than 50, none longer than is read. */
export const listed = (faults: readonly PlacedFault[]): PlacedFault[] =>
  wordedFaults(faults, ({ where, message, ...more }) => ({
    where: shortened(where),
    message: shortened(message),
    ...more,
  }));

const longestWords = 600;
/** What a file says may be repeated in an answer, but not at any length. */
export const shortened = (words: string): string =>
  words.length <= longestWords ? words : `${words.slice(0, longestWords)}…`;
