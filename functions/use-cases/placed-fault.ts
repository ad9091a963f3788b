import { importFaultText } from "../../shared/forms/fault-text.ts";
import type { Edition } from "../../shared/forms/form.ts";
import type { ImportFault } from "../../shared/forms/import-fault.ts";

/** A fault of a file as it is shown: where it stands, and what to do about it. */
export interface PlacedFault {
  readonly where: string;
  readonly message: string;
}

export const placedFaults = (edition: Edition, faults: readonly ImportFault[]): PlacedFault[] =>
  faults.map((fault) => {
    const { where, what, why, mend } = importFaultText(edition, fault);
    return { where, message: `${what}。${why}。${mend}。` };
  });
