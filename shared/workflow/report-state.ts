/**
 * The life of a report as events and the state they add up to. One head item a report holds the state;
 * `decide` may refuse a command, `evolve` applies an event, `react` names the follow-up work.
 */
import type { OrgKind } from "../report/report.ts";
import type { Failure, FailureCause, FailureStep } from "./failure.ts";
import type { Role } from "./roles.ts";

/** 审核级次. */
export type Stage = "unit" | "department" | "bureau";

/** The role in which somebody acted; "system" for our own functions, which hold none. */
export type ActingRole = Role | "system";

/** Who acts: a person with the roles they hold towards this very report's org node. */
export interface Actor {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly Role[];
  /** One of our own functions, which is no person and holds no role. */
  readonly system?: true;
}

/**
 * Who did something and when, with name and role as they were then: neither is looked up later.
 * A type and no interface, because events are hashed as JSON values.
 */
export type Stamp = {
  readonly by: string;
  readonly byName: string;
  /** The role the act was done in; acts recorded before it was kept have none. */
  readonly byRole?: ActingRole;
  /** ISO 8601 in UTC. */
  readonly at: string;
};

export type SignOffKind = "secrecy" | "principal";

/** What was submitted and by whom; every verdict is about this submission hash. */
export interface Submission extends Stamp {
  readonly editionHash: string;
}

/** A level that passed the submission on, with the hash of the review threads it saw. */
export interface Verdict extends Stamp {
  readonly stage: Stage;
  readonly threadsHash: string;
}

export interface Publication {
  readonly editionHash: string;
  readonly at: string;
  /** 1 for the first publication, counted up by each correction (更正). */
  readonly number: number;
  /** Portal path, e.g. `/2022/137/`. */
  readonly path: string;
}

/** Who acted on which submission, and where: what the four eyes are judged by. */
export interface Act {
  readonly by: string;
  readonly level: "editor" | "preparer" | "signer" | Stage;
  readonly editionHash: string;
}

export type SignOffs = { readonly [Kind in SignOffKind]?: Stamp };

interface Reviewed {
  readonly submission: Submission;
  /** Levels passed; a return to a level takes back that level's and those above it. */
  readonly verdicts: readonly Verdict[];
  readonly signOffs: SignOffs;
  /** Everybody's acts on any submission of this report so far. */
  readonly acts: readonly Act[];
}

export type Return = Stamp & {
  readonly stage: Stage;
  readonly reason: string;
  /** By undoing an approval (撤销批复). */
  readonly undone?: true;
};

/** The submission that last was in review: submitted again unchanged its sign-offs stay valid, any edit voids them. */
export interface LastReview {
  readonly editionHash: string;
  readonly signOffs: SignOffs;
}

/** 撤下申请: who asked that a public report be taken down, on what legal basis, and what the public reads of it. */
export type TakeDownRequest = Stamp & { readonly legalBasis: string; readonly summary: string };

interface MayBeTakenDown {
  /** Waits for a second person at the bureau. */
  readonly takeDownAsked?: TakeDownRequest;
}

/** Set once a report has been public; it stays public while a correction walks the levels. */
interface MaybePublished extends MayBeTakenDown {
  readonly publication?: Publication;
}

/** How far an approved report has come on its way to the portal. */
interface OnItsWay {
  /** The latest run of the publish function that may write to the portal. */
  readonly started?: PublicationRun;
  /** Printing or publishing was given up; a retry, or a late success, clears it. */
  readonly failure?: Failure;
  /** When the bureau last had it tried again. */
  readonly retriedAt?: string;
}

/** `run` distinguishes runs, also of the same message. */
export interface PublicationRun {
  readonly run: string;
  /** ISO 8601 in UTC. */
  readonly at: string;
}

/** What a take-down was done on; before a second person was needed nobody asked, and no summary was given. */
type TakenDown = {
  readonly legalBasis: string;
  /** 撤下说明, for the public. */
  readonly summary?: string;
  /** Who asked for it. */
  readonly asked?: Stamp;
};

export type ReportState =
  | { readonly status: "absent" }
  | ({
      readonly status: "draft";
      readonly returned?: Return;
      readonly lastReview?: LastReview;
      readonly acts?: readonly Act[];
      /** A correction's reason (更正原因). */
      readonly correcting?: Stamp & { readonly reason: string };
    } & MaybePublished)
  | ({
      readonly status: "in_review";
      readonly stage: Stage;
      /** Sent back by the level above, until this level passes it on again. */
      readonly returned?: Return;
    } & Reviewed &
      MaybePublished)
  | ({ readonly status: "approved"; readonly approval: Approval } & OnItsWay &
      Reviewed &
      MaybePublished)
  | ({
      readonly status: "published";
      readonly approval: Approval;
      readonly publication: Publication;
    } & Reviewed &
      MayBeTakenDown)
  | {
      readonly status: "taken_down";
      readonly publication: Publication;
      readonly tombstone: TakenDown & Stamp;
    };

export type Status = ReportState["status"];

/** 批复: starts the 20 days within which the report must be public (预算法 第十四条). */
export interface Approval extends Stamp {
  /** 批复文号. */
  readonly documentNumber: string;
  /** 批复日期: the day of the document (YYYY-MM-DD), where it was named; else that of the act counts. */
  readonly approvedOn?: string;
  /** Last day of publication, YYYY-MM-DD in Asia/Shanghai. */
  readonly publishBy: string;
}

/** What the server found out before it decides; a command never carries results. */
export interface SubmitFacts {
  readonly editionHash: string;
  /** Who saved anything of what is handed in: they have acted as preparers, whoever hands it in. */
  readonly editors: readonly string[];
  /** The department (主管部门) it is handed in to, and the one before if the unit was moved since. */
  readonly departmentCode?: string;
  readonly movedFrom?: string;
  readonly blockingFindings: number;
  /** Units of a department without an approved or published report and not exempt; [] for units. */
  readonly unitsOutstanding: readonly string[];
}
export interface VerdictFacts {
  /**
   * Blocking remarks not resolved that this level must see settled: none may be left when the bureau
   * gets the report, or approves it.
   */
  readonly blockingThreads: number;
  /** Those among them that nobody has answered: these stop the levels below, too. */
  readonly unansweredThreads: number;
  readonly threadsHash: string;
  readonly threads?: ThreadVersions;
}

/** The version of every thread a verdict saw, by id: with them its `threadsHash` is computed again. */
export type ThreadVersions = Readonly<Record<string, number>>;

export type Command =
  | { readonly type: "open" }
  | ({ readonly type: "submit" } & SubmitFacts)
  | { readonly type: "withdraw"; readonly reason?: string }
  | ({
      readonly type: "approve";
      readonly editionHash: string;
      readonly documentNumber?: string;
      /** The day of the document, YYYY-MM-DD; the bureau's alone. */
      readonly approvedOn?: string;
    } & VerdictFacts)
  | ({
      readonly type: "return";
      readonly editionHash: string;
      readonly reason: string;
      readonly to: "preparer" | "level_below";
    } & Pick<VerdictFacts, "threadsHash" | "threads">)
  | { readonly type: "sign_off"; readonly kind: SignOffKind; readonly editionHash: string }
  | { readonly type: "correct"; readonly reason: string }
  | { readonly type: "ask_take_down"; readonly legalBasis: string; readonly summary: string }
  /** These decide on, or take back, the request made at `askedAt`, so that nobody decides on one they did not see. */
  | { readonly type: "take_down"; readonly askedAt: string }
  | { readonly type: "decline_take_down"; readonly askedAt: string; readonly reason: string }
  | { readonly type: "withdraw_take_down"; readonly askedAt: string }
  /** Given by a run of the publish function before it writes its first public file. */
  | { readonly type: "start_publication"; readonly editionHash: string; readonly run: string }
  /** Given by the publish function once the files are written. */
  | {
      readonly type: "record_publication";
      readonly editionHash: string;
      readonly path: string;
      readonly receipt?: string;
    }
  /** Given by our own functions when printing or publishing is given up; `run`: by that very run. */
  | {
      readonly type: "record_failure";
      readonly editionHash: string;
      readonly step: FailureStep;
      readonly cause: FailureCause;
      readonly attempts: number;
      readonly run?: string;
    }
  | { readonly type: "retry_publication" }
  /** 撤销批复. */
  | { readonly type: "undo_approval"; readonly editionHash: string; readonly reason: string }
  /** 换用新版式: a draft goes on in a later version of its edition (报表版式), by their ids. */
  | { readonly type: "take_edition"; readonly from: string; readonly to: string };

export type CommandType = Command["type"];

export type ReportEvent = Stamp & Occurrence;

type Occurrence =
  | { readonly type: "opened"; readonly kind: OrgKind }
  | {
      readonly type: "submitted";
      readonly editionHash: string;
      readonly editors?: readonly string[];
      /** Sign-offs of this very submission that do not count again: their signers wrote in it since. */
      readonly voided?: readonly SignOffKind[];
      /** The department it was handed in to, whose people it stays with; absent in older events. */
      readonly departmentCode?: string;
      /** The department before, where the unit was moved since (划转). */
      readonly movedFrom?: string;
    }
  /** Events of before a reason was asked for have none. */
  | { readonly type: "withdrawn"; readonly reason?: string }
  | { readonly type: "edition_taken"; readonly from: string; readonly to: string }
  | {
      readonly type: "passed";
      readonly stage: Stage;
      readonly editionHash: string;
      readonly threadsHash: string;
      readonly threads?: ThreadVersions;
    }
  | {
      readonly type: "returned";
      readonly stage: Stage;
      readonly to: "preparer" | Stage;
      readonly reason: string;
      readonly editionHash: string;
      readonly threadsHash: string;
      readonly threads?: ThreadVersions;
    }
  | { readonly type: "signed_off"; readonly kind: SignOffKind; readonly editionHash: string }
  | {
      readonly type: "approved";
      readonly editionHash: string;
      readonly threadsHash: string;
      readonly threads?: ThreadVersions;
      readonly documentNumber: string;
      readonly approvedOn?: string;
      readonly publishBy: string;
    }
  | { readonly type: "publication_started"; readonly editionHash: string; readonly run: string }
  | {
      readonly type: "publication_failed";
      readonly editionHash: string;
      readonly step: FailureStep;
      readonly cause: FailureCause;
      readonly attempts: number;
    }
  | { readonly type: "publication_retried"; readonly editionHash: string }
  | { readonly type: "approval_undone"; readonly editionHash: string; readonly reason: string }
  | {
      readonly type: "published";
      readonly editionHash: string;
      readonly number: number;
      readonly path: string;
      /** SHA-256 of the record of publication, which names every file's hash; older events lack it. */
      readonly receipt?: string;
    }
  | {
      readonly type: "correction_opened";
      readonly reason: string;
      /** Acts on submissions before the one that is public count no longer; events of before this was kept have none. */
      readonly forgetsActs?: true;
    }
  | { readonly type: "take_down_asked"; readonly legalBasis: string; readonly summary: string }
  | { readonly type: "take_down_declined"; readonly reason: string }
  | { readonly type: "take_down_withdrawn" }
  | ({ readonly type: "taken_down" } & TakenDown);

/** An event as recorded: numbered and chained to the one before (SHA-256 over canonical JSON). */
export interface ChainedEvent {
  readonly reportId: string;
  /** 1, 2, 3 … */
  readonly seq: number;
  readonly event: ReportEvent;
  /** Hash of event seq − 1; 64 zeros before the first. */
  readonly previous: string;
  readonly hash: string;
}

export type Rejection =
  | { readonly code: "not_found" }
  | { readonly code: "wrong_status"; readonly status: Status; readonly stage?: Stage }
  | { readonly code: "wrong_role" }
  /** 四眼原则: the person already acted on this submission at another level. */
  | { readonly code: "four_eyes" }
  | { readonly code: "stale_edition"; readonly editionHash: string }
  | { readonly code: "blocking_findings"; readonly count: number }
  | { readonly code: "units_outstanding"; readonly orgCodes: readonly string[] }
  | { readonly code: "blocking_threads"; readonly count: number }
  | { readonly code: "sign_offs_missing"; readonly missing: readonly SignOffKind[] }
  | { readonly code: "already_signed"; readonly kind: SignOffKind }
  | { readonly code: "document_number_missing" }
  /** The document's day is to come, or before what it approves was handed in (`submitted`, a day). */
  | {
      readonly code: "approval_day";
      readonly fault: "to_come" | "before_submission";
      readonly submitted: string;
    }
  /** The portal is being written: what is becoming public is neither undone nor given up meanwhile. */
  | { readonly code: "publication_under_way" }
  | { readonly code: "nothing_failed" }
  /** A request to take the report down waits already, or none does. */
  | { readonly code: "take_down_asked" }
  | { readonly code: "no_take_down_asked" }
  /** Whoever asked for a take-down does not decide on it. */
  | { readonly code: "own_take_down" }
  /** Another request waits than the one that was seen. */
  | { readonly code: "stale_request" };

/** Follow-up work; each becomes one queue message whose id is the event's. */
export type Effect =
  | {
      readonly type: "render";
      readonly reportId: string;
      readonly editionHash: string;
      /** Number of the event that requested it: a failure counts only while there is no newer request. */
      readonly seq: number;
    }
  /** Removes from the portal what an attempt left there of a submission whose approval was undone. */
  | { readonly type: "discard"; readonly reportId: string; readonly editionHash: string }
  | { readonly type: "retract"; readonly reportId: string }
  /** Lists the report on the portal by its current state. */
  | { readonly type: "index"; readonly reportId: string }
  | { readonly type: "notify"; readonly reportId: string; readonly seq: number };
