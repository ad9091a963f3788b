import type { OrgKind } from "../report/report.ts";
import { assertNever } from "../result.ts";
import { stageAbove } from "./decide.ts";
import type { LastReview, ReportEvent, ReportState, Stage } from "./report-state.ts";
import { actsOn, distinct, publicationOf, stagesOf } from "./transitions.ts";

export const absent: ReportState = { status: "absent" };

/** The state after an event. Never refuses: a history that cannot have happened throws. */
export function evolve(state: ReportState, event: ReportEvent, kind: OrgKind): ReportState {
  const { at, by, byName } = event;
  const stamp = { at, by, byName };
  switch (event.type) {
    case "opened":
      if (state.status !== "absent" || event.kind !== kind) return impossible(state, event);
      return { status: "draft" };
    case "submitted": {
      if (state.status !== "draft") return impossible(state, event);
      const { lastReview } = state;
      const same = lastReview?.editionHash === event.editionHash ? lastReview : undefined;
      return {
        status: "in_review",
        stage: stagesOf[kind][0],
        submission: { ...stamp, editionHash: event.editionHash },
        verdicts: [],
        signOffs: same?.signOffs ?? {},
        ...(same === undefined ? {} : { earlierActs: same.acts }),
        ...published(state),
      };
    }
    case "withdrawn":
      if (state.status !== "in_review" || state.verdicts.length > 0)
        return impossible(state, event);
      return { status: "draft", lastReview: lastReviewOf(state), ...published(state) };
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
      };
    }
    case "returned": {
      if (!isAbout(state, event) || state.stage !== event.stage) return impossible(state, event);
      const returned = { ...stamp, stage: event.stage, reason: event.reason };
      const acts = distinct([...actsOn(state), { by, level: event.stage }]);
      if (event.to === "preparer") {
        return {
          status: "draft",
          returned,
          lastReview: { ...lastReviewOf(state), acts },
          ...published(state),
        };
      }
      const stages: readonly Stage[] = stagesOf[kind];
      const to = stages.indexOf(event.to);
      if (to < 0 || to >= stages.indexOf(event.stage)) return impossible(state, event);
      return {
        ...state,
        stage: event.to,
        returned,
        verdicts: state.verdicts.filter(({ stage }) => stages.indexOf(stage) < to),
        earlierActs: acts,
      };
    }
    case "signed_off":
      if (!isAbout(state, event) || state.signOffs[event.kind] !== undefined) {
        return impossible(state, event);
      }
      return { ...state, signOffs: { ...state.signOffs, [event.kind]: stamp } };
    case "approved": {
      if (!isAbout(state, event) || stageAbove(kind, state.stage) !== undefined) {
        return impossible(state, event);
      }
      const { documentNumber, publishBy } = event;
      const approval = { ...stamp, documentNumber, publishBy };
      return { ...reviewOf(state), status: "approved", approval };
    }
    case "published": {
      if (
        state.status !== "approved" ||
        state.submission.editionHash !== event.editionHash ||
        event.number !== (state.publication?.number ?? 0) + 1
      ) {
        return impossible(state, event);
      }
      const { editionHash, number, path } = event;
      return { ...state, status: "published", publication: { editionHash, at, number, path } };
    }
    case "correction_opened":
      if (state.status !== "published") return impossible(state, event);
      return {
        status: "draft",
        correcting: { ...stamp, reason: event.reason },
        lastReview: lastReviewOf(state),
        ...published(state),
      };
    case "taken_down": {
      const publication = publicationOf(state);
      if (publication === undefined) return impossible(state, event);
      return {
        status: "taken_down",
        publication,
        tombstone: { ...stamp, legalBasis: event.legalBasis },
      };
    }
    default:
      return assertNever(event);
  }
}

type InReview = Extract<ReportState, { status: "in_review" }>;

const isAbout = (state: ReportState, event: { readonly editionHash: string }): state is InReview =>
  state.status === "in_review" && state.submission.editionHash === event.editionHash;

/** What a review carries from level to level; the level itself and a settled return stay behind. */
const reviewOf = (state: InReview) => ({
  submission: state.submission,
  verdicts: state.verdicts,
  signOffs: state.signOffs,
  ...(state.earlierActs === undefined ? {} : { earlierActs: state.earlierActs }),
  ...published(state),
});

const lastReviewOf = (
  state: Extract<ReportState, { status: "in_review" | "published" }>,
): LastReview => ({
  editionHash: state.submission.editionHash,
  signOffs: state.signOffs,
  acts: actsOn(state),
});

function published(state: ReportState) {
  const publication = publicationOf(state);
  return publication === undefined ? {} : { publication };
}

function impossible(state: ReportState, event: ReportEvent): never {
  throw new Error(`Impossible history: ${event.type} on ${JSON.stringify(state)}`);
}
