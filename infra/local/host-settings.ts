import type { Log } from "../../functions/platform/log.ts";
import type { EditionLibrary } from "../../shared/editions/edition-library.ts";

export interface HostSettings {
  readonly dataDir: string;
  /** Where unpacked programs and fonts are kept between starts. */
  readonly cacheDir: string;
  readonly address: string;
  /** 0: any free port. */
  readonly staffPort: number;
  readonly portalPort: number;
  /** Of a demonstration. `city`: people, offices and reports in every state · `registry`: people and offices only. */
  readonly seed: "city" | "registry";
  /** A folder that was not set up is refused, not made a demonstration. */
  readonly refusesDemonstration?: boolean;
  readonly editions: EditionLibrary;
  /** Consents to the loss that a refused start named, by the number of its last write. */
  readonly acceptLossUpTo?: number | undefined;
  readonly chromePath?: string | undefined;
  /** What one person and one address may ask of the API. */
  readonly requestsPerMinute: { readonly person: number; readonly address: number };
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly now: () => string;
  readonly log: Log;
  /** One sentence when something slow begins or ends. */
  readonly onProgress: (sentence: string) => void;
}
