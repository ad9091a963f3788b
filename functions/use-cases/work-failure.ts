import { maxPagesNamed, type FailureCause } from "../../shared/workflow/failure.ts";
import { damagedName, SubmissionDamagedError, type Damage } from "./damage.ts";

/** An error whose cause people are shown: thrown where it is known, read where work is given up. */
export class WorkFailure extends Error {
  override readonly name: string = "WorkFailure";
  readonly failure: FailureCause;

  constructor(failure: FailureCause, message: string, options?: ErrorOptions) {
    super(message, options);
    this.failure = failure;
  }
}

/** The process is being stopped: the work is no failure, and is taken up again at the next start. */
export class WorkStopped extends Error {
  override readonly name = "WorkStopped";
}

export function isStopped(error: unknown): boolean {
  for (let one = error; one instanceof Error; one = one.cause) {
    if (one instanceof WorkStopped) return true;
  }
  return false;
}

/** The cause that people are shown; what nobody named is `other`, found in the log by the reference. */
export function causeOf(error: unknown, reference: string): FailureCause {
  for (let one = error; one instanceof Error; one = one.cause) {
    if (one instanceof WorkFailure) return one.failure;
    if (one instanceof SubmissionDamagedError) return causeOfDamage(one.damage);
  }
  return { code: "other", reference: reference.slice(0, 200) };
}

/** The first part that is damaged; mending it shows whether another is. */
function causeOfDamage([first]: readonly Damage[]): FailureCause {
  if (first === undefined) throw new Error("Nothing is damaged.");
  const { kind, fault } = first;
  const name = damagedName(first).slice(0, 400);
  if (kind === "attachment") {
    return { code: fault === "missing" ? "attachment_missing" : "attachment_changed", name };
  }
  return { code: fault === "missing" ? "content_missing" : "content_changed", name };
}

/** The first pages of many, as a cause names them. */
export const namedPages = (pages: readonly number[]): readonly number[] =>
  pages.slice(0, maxPagesNamed);
