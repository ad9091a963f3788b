/** What a report can be compared with by whoever reviews it, and what it is compared with first. */

/** 我上次看的版本, 已公开的版本, 提交过的版本, 上年决算. */
export type ReviewBase =
  | {
      readonly kind: "looked" | "public" | "submission";
      readonly editionHash: string;
      /** When it was looked at, or handed in (ISO UTC). */
      readonly at: string;
      /** Who handed it in. */
      readonly byName: string;
    }
  | { readonly kind: "last_year" };

interface Submission {
  readonly editionHash: string;
  readonly submittedAt: string;
  readonly byName: string;
}

export interface ReviewHistory {
  /** Each submission once, latest first. */
  readonly submissions: readonly Submission[];
  /** What the report holds now. */
  readonly editionHash: string;
  readonly isInReview: boolean;
  /** The submission this person looked at last, before the one in review; the same where it came back unchanged. */
  readonly looked?: { readonly editionHash: string; readonly at: string } | undefined;
  /** Of a correction (更正): what is public meanwhile. */
  readonly publicHash?: string | undefined;
  readonly hasLastYear: boolean;
}

/**
 * The submissions and years a report can be compared with, the first one by itself: what the person last looked at,
 * else what is public, else the submission before, else last year. What was looked at before a correction began says
 * nothing of the correction.
 */
export function reviewBases(history: ReviewHistory): readonly ReviewBase[] {
  const { submissions, editionHash, isInReview, publicHash, hasLastYear } = history;
  const orderOf = (hash: string) => submissions.findIndex((one) => one.editionHash === hash);
  const isBeforePublic = (hash: string) =>
    publicHash !== undefined && orderOf(hash) >= orderOf(publicHash);
  const looked =
    history.looked === undefined || isBeforePublic(history.looked.editionHash)
      ? undefined
      : history.looked;
  const base = (
    kind: "looked" | "public" | "submission",
    { editionHash: hash, submittedAt, byName }: Submission,
  ): ReviewBase => ({
    ...{ kind, editionHash: hash, byName },
    at: kind === "looked" ? (looked?.at ?? submittedAt) : submittedAt,
  });
  const named = (kind: "looked" | "public", hash: string | undefined) =>
    submissions.filter((one) => one.editionHash === hash).map((one) => base(kind, one));
  const first = [...named("looked", looked?.editionHash), ...named("public", publicHash)];
  const taken = new Set(first.flatMap((one) => ("editionHash" in one ? [one.editionHash] : [])));
  const others = submissions.filter(
    (one) => !taken.has(one.editionHash) && !(isInReview && one.editionHash === editionHash),
  );
  return [
    ...first,
    ...others.map((one) => base("submission", one)),
    ...(hasLastYear ? [{ kind: "last_year" } as const] : []),
  ];
}
