/** A stored section: which blob, who saved it, when (ISO UTC). */
export interface SectionPointer {
  readonly sha256: string;
  readonly by: string;
  readonly byName: string;
  readonly at: string;
}
