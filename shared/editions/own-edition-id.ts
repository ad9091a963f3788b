/**
 * Ids of a bureau's own editions (本地版式): what it is called and the hash of the data of one version,
 * `nanling-2025.<sha-256>`. Shipped editions have no hash: they are part of the program.
 */
const pattern = /^([a-z0-9-]{3,40})\.([0-9a-f]{64})$/u;

export interface OwnEditionId {
  /** The same in every version. */
  readonly key: string;
  readonly sha256: string;
}

/** Undefined for an edition that is shipped. */
export function ownEditionId(id: string): OwnEditionId | undefined {
  const [, key, sha256] = pattern.exec(id) ?? [];
  return key === undefined || sha256 === undefined ? undefined : { key, sha256 };
}

/** Whether an edition is another version of the same own edition, so that drafts may go on in it. */
export function isOtherVersion(before: string, after: string): boolean {
  const key = ownEditionId(before)?.key;
  return before !== after && key !== undefined && key === ownEditionId(after)?.key;
}
