import { hasCode } from "../platform/errors.ts";
/**
 * The store cannot take or answer this now: a full disk, a throttled or slow table. A write is not
 * confirmed; whether it was taken is seen by reading again.
 */
export class UnavailableError extends Error {
  override readonly name = "UnavailableError";
  readonly why: "full" | "busy";
  constructor(why: "full" | "busy", cause: unknown) {
    super(why === "full" ? "There is no room left to store anything." : "The store is busy.", {
      cause,
    });
    this.why = why;
  }
}

/** What the operating system says when a disk, or a quota, is full. */
const fullDisk = ["ENOSPC", "EDQUOT"];

/** The error as it is to rise: a full disk by its own name. */
export const unlessFull = (error: unknown): unknown =>
  hasCode(error, ...fullDisk) ? new UnavailableError("full", error) : error;
