import type { OrgKind } from "../report/report.ts";
import { assertNever } from "../result.ts";
import { stageAbove } from "./decide.ts";
import type { Act, Publication, ReportEvent, ReportState, Stage, Stamp } from "./report-state.ts";
import { actsOf, publicationOf, signOffsOf, stagesOf, takeDownAskedOf } from "./transitions.ts";
import { omitUndefined } from "../omit-undefined.ts";

export const absent: ReportState = { status: "absent" };

/**
 * A state from which the events of a correction may be followed where those before it were not read: what is
 * public is taken from what followed, and of the review before it only that there was one.
 */
export function beforeCorrection(
  opening: ReportEvent,
  following: readonly ReportEvent[],
): ReportState {
  if (opening.type !== "correction_opened") return absent;
  const next = following.find((event) => event.type === "published");
  const { at, by, byName } = opening;
  const stamp: Stamp = { at, by, byName };
  const unknown = "0".repeat(64);
  return {
    status: "published",
    submission: { ...stamp, editionHash: unknown },
    verdicts: [],
    signOffs: {},
    acts: [],
    approval: { ...stamp, documentNumber: "", publishBy: at.slice(0, 10) },
    publication: {
      editionHash: unknown,
      at,
      number: (next?.number ?? 2) - 1,
      path: next?.path ?? "",
    },
  };
}

/** The state after an event. Never refuses: a history that cannot have happened throws. */
export function evolve(state: ReportState, event: ReportEvent, kind: OrgKind): ReportState {
  const { at, by, byName, byRole } = event;
  const stamp: Stamp = { at, by, byName, ...omitUndefined({ byRole }) };
  switch (event.type) {
    case "opened":
      if (state.status !== "absent" || event.kind !== kind) return impossible(state, event);
      return { status: "draft" };
    case "submitted": {
      if (state.status !== "draft") return impossible(state, event);
      const signOffs = Object.fromEntries(
        Object.entries(signOffsOf(state, event.editionHash)).filter(
          ([signed]) => event.voided?.some((one) => one === signed) !== true,
        ),
      );
      return {
        status: "in_review",
        stage: stagesOf[kind][0],
        submission: { ...stamp, editionHash: event.editionHash },
        verdicts: [],
        signOffs,
        acts: [
          { by, level: "preparer" as const },
          ...(event.editors ?? []).map((editor) => ({ by: editor, level: "editor" as const })),
        ].reduce(
          (acts, act) => withAct(acts, { ...act, editionHash: event.editionHash }),
          actsOf(state),
        ),
        ...published(state),
      };
    }
    case "withdrawn":
      if (state.status !== "in_review" || state.verdicts.length > 0)
        return impossible(state, event);
      return { status: "draft", ...backFrom(state) };
    case "edition_taken":
      return state.status === "draft" ? state : impossible(state, event);
    case "passed": {
      const next = stageAbove(kind, event.stage);
      if (!isAbout(state, event) || state.stage !== event.stage || next === undefined) {
        return impossible(state, event);
      }
      return {
        ...reviewOf(state),
        status: "in_review",
        stage: next,
        verdicts: [
          ...state.verdicts,
          { ...stamp, stage: event.stage, threadsHash: event.threadsHash },
        ],
        acts: withAct(actsOf(state), { by, level: event.stage, editionHash: event.editionHash }),
      };
    }
    case "returned": {
      if (!isAbout(state, event) || state.stage !== event.stage) return impossible(state, event);
      const returned = { ...stamp, stage: event.stage, reason: event.reason };
      const acts = withAct(actsOf(state), {
        by,
        level: event.stage,
        editionHash: event.editionHash,
      });
      if (event.to === "preparer") return { status: "draft", ...backFrom(state), returned, acts };
      const stages: readonly Stage[] = stagesOf[kind];
      const to = stages.indexOf(event.to);
      if (to < 0 || to >= stages.indexOf(event.stage)) return impossible(state, event);
      return {
        ...state,
        stage: event.to,
        returned,
        verdicts: state.verdicts.filter(({ stage }) => stages.indexOf(stage) < to),
        acts,
      };
    }
    case "signed_off":
      if (!isAbout(state, event) || state.signOffs[event.kind] !== undefined) {
        return impossible(state, event);
      }
      return {
        ...state,
        signOffs: { ...state.signOffs, [event.kind]: stamp },
        acts: withAct(actsOf(state), { by, level: "signer", editionHash: event.editionHash }),
      };
    case "approved": {
      if (!isAbout(state, event) || stageAbove(kind, state.stage) !== undefined) {
        return impossible(state, event);
      }
      const { documentNumber, approvedOn, publishBy } = event;
      const approval = { ...stamp, documentNumber, ...omitUndefined({ approvedOn }), publishBy };
      const acts = withAct(actsOf(state), { by, level: "bureau", editionHash: event.editionHash });
      return { ...reviewOf(state), status: "approved", approval, acts };
    }
    case "publication_started":
      if (!isApproved(state, event)) return impossible(state, event);
      return {
        ...withoutProgress(state),
        ...omitUndefined({ retriedAt: state.retriedAt }),
        started: { run: event.run, at },
      };
    case "publication_failed": {
      if (!isApproved(state, event) || state.failure !== undefined) return impossible(state, event);
      const { step, cause, attempts } = event;
      return { ...state, failure: { step, cause, at, attempts } };
    }
    case "publication_retried":
      if (!isApproved(state, event) || state.failure === undefined) return impossible(state, event);
      return { ...withoutProgress(state), retriedAt: at };
    case "approval_undone": {
      if (!isApproved(state, event) || (state.started && state.failure === undefined)) {
        return impossible(state, event);
      }
      const returned = { ...stamp, stage: "bureau", reason: event.reason, undone: true } as const;
      return { status: "draft", ...backFrom(state), returned };
    }
    case "published": {
      if (!isApproved(state, event) || event.number !== (state.publication?.number ?? 0) + 1) {
        return impossible(state, event);
      }
      const { editionHash, number, path } = event;
      return {
        ...withoutProgress(state),
        status: "published",
        publication: { editionHash, at, number, path },
      };
    }
    case "correction_opened":
      if (state.status !== "published") return impossible(state, event);
      return {
        status: "draft",
        ...backFrom(state),
        acts: actsOf(state).filter(
          ({ editionHash }) =>
            event.forgetsActs !== true || editionHash === state.submission.editionHash,
        ),
        correcting: { ...stamp, reason: event.reason },
      };
    case "take_down_asked": {
      if (!isPublic(state)) return impossible(state, event);
      const { legalBasis, summary } = event;
      return { ...state, takeDownAsked: { ...stamp, legalBasis, summary } };
    }
    // The request may have been made before the correction whose events alone were read (`beforeCorrection`).
    case "take_down_declined":
    case "take_down_withdrawn": {
      if (!isPublic(state)) return impossible(state, event);
      const { takeDownAsked: _, ...rest } = state;
      return rest;
    }
    case "taken_down": {
      if (!isPublic(state)) return impossible(state, event);
      const { legalBasis, summary, asked } = event;
      return {
        status: "taken_down",
        publication: state.publication,
        tombstone: { ...stamp, legalBasis, ...omitUndefined({ summary, asked }) },
      };
    }
    default:
      return assertNever(event);
  }
}

type InReview = Extract<ReportState, { status: "in_review" }>;

const isAbout = (state: ReportState, event: { readonly editionHash: string }): state is InReview =>
  state.status === "in_review" && state.submission.editionHash === event.editionHash;

type Approved = Extract<ReportState, { status: "approved" }>;

type Public = Extract<ReportState, { status: "draft" | "in_review" | "approved" | "published" }> & {
  readonly publication: Publication;
};

const isPublic = (state: ReportState): state is Public => publicationOf(state) !== undefined;

const isApproved = (
  state: ReportState,
  event: { readonly editionHash: string },
): state is Approved =>
  state.status === "approved" && state.submission.editionHash === event.editionHash;

/** An approved report as if nothing had been done about it yet. */
function withoutProgress(state: Approved) {
  return { ...reviewOf(state), status: "approved" as const, approval: state.approval };
}

/** What a review carries from level to level; the level itself and a settled return stay behind. */
const reviewOf = (state: InReview | Approved) => ({
  submission: state.submission,
  verdicts: state.verdicts,
  signOffs: state.signOffs,
  acts: state.acts,
  ...published(state),
});

/** What a draft keeps of the review it comes from. */
const backFrom = (
  state: Extract<ReportState, { status: "in_review" | "approved" | "published" }>,
) => ({
  lastReview: { editionHash: state.submission.editionHash, signOffs: state.signOffs },
  acts: state.acts,
  ...published(state),
});

const withAct = (acts: readonly Act[], act: Act): readonly Act[] =>
  acts.some(
    ({ by, level, editionHash }) =>
      by === act.by && level === act.level && editionHash === act.editionHash,
  )
    ? acts
    : [...acts, act];

/** What is public, and the request to take it down, which no act on a correction settles. */
const published = (state: ReportState) =>
  omitUndefined({ publication: publicationOf(state), takeDownAsked: takeDownAskedOf(state) });

function impossible(state: ReportState, event: ReportEvent): never {
  throw new Error(`Impossible history: ${event.type} on ${JSON.stringify(state)}`);
}
