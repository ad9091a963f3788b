import type { SectionId } from "./section-ids.ts";

/** A browser in which a person has typed what the server does not hold yet. */
export interface UnsentDevice {
  /** Random name of the browser, chosen by it. */
  readonly device: string;
  readonly sections: readonly SectionId[];
  /** When the browser reported it (ISO UTC). */
  readonly at: string;
}

/** Unsent changes (未保存的修改) of one person to one report, browser by browser. */
export interface UnsentNote {
  readonly reportId: string;
  readonly subject: string;
  readonly name: string;
  readonly devices: readonly UnsentDevice[];
  /** 0 for a note never stored. */
  readonly version: number;
}
