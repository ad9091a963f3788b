import { canonicalJson, type Sha256 } from "../canonical-json.ts";
import type { OrgKind } from "./report.ts";
import type { BySection } from "./sections.ts";

/** What a submission of a report consists of: the hash of every section. Submitting freezes it. */
export interface Manifest {
  readonly edition: string;
  readonly region: string;
  readonly year: number;
  readonly orgCode: string;
  readonly orgName: string;
  readonly kind: OrgKind;
  readonly sections: BySection<string>;
}

/** Reviews, sign-offs, certificates and the published PDF name the submission by this hash. */
export const editionHash = (manifest: Manifest, sha256: Sha256): string =>
  sha256(canonicalJson({ ...manifest, sections: { ...manifest.sections } }));
