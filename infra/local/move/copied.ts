/** What became of the things that were to be at a new place: items of a table, files of a bucket. */
export interface Copied {
  /** Written now. */
  readonly written: number;
  /** There already, and the same: a move that was cut off, begun again. */
  readonly there: number;
  /** What is not there, or is other than here; nothing of it was overwritten. */
  readonly faults: readonly CopyFault[];
}

interface CopyFault {
  /** `item 360200#org / 137` or `vault/blobs/3f/3f2a…`. */
  readonly where: string;
  readonly what: "is missing there" | "is other than here" | "is too large for the table";
}

/** What one of them came to. */
export type Outcome = "written" | "there" | CopyFault;

export const copiedOf = (outcomes: readonly Outcome[]): Copied => ({
  written: outcomes.filter((one) => one === "written").length,
  there: outcomes.filter((one) => one === "there").length,
  faults: outcomes.filter((one) => typeof one === "object"),
});

export const addCopied = (parts: readonly Copied[]): Copied => ({
  written: parts.reduce((sum, { written }) => sum + written, 0),
  there: parts.reduce((sum, { there }) => sum + there, 0),
  faults: parts.flatMap(({ faults }) => faults),
});
