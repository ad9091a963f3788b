import type { Sha256 } from "../../../shared/canonical-json.ts";
import { decide } from "../../../shared/workflow/decide.ts";
import { absent, evolve } from "../../../shared/workflow/evolve.ts";
import type { Role } from "../../../shared/workflow/roles.ts";
import type {
  Actor,
  Command,
  ReportEvent,
  ReportState,
} from "../../../shared/workflow/report-state.ts";
import { queueOf, turnOf } from "../../../shared/workflow/turn.ts";
import { chainStart, linkEvents } from "../../../functions/storage/chain.ts";
import type { ReportHead } from "../../../functions/storage/ports.ts";
import { hashOf } from "../../../functions/use-cases/report-content.ts";
import { start } from "../../functions/api/service.ts";

/** Where a person can have acted on an edition; who saved any of it has written it. */
export type Level = "author" | "unit" | "department" | "bureau" | "signer";

/** Those who take part in the life of every report, by their own names; each could act at any level. */
export const cast = {
  submitter: "author",
  editor: "author",
  unitReviewer: "unit",
  secrecyOfficer: "signer",
  principal: "signer",
  departmentReviewer: "department",
  bureauReviewer: "bureau",
} as const satisfies Record<string, Level>;
type CastName = keyof typeof cast;
const castNames = Object.keys(cast) as CastName[];

const everyRole: readonly Role[] = [
  "preparer",
  "unit_reviewer",
  "department_reviewer",
  "secrecy_officer",
  "principal",
  "bureau_reviewer",
  "bureau_admin",
];
const actor = (id: CastName): Actor => ({ id, name: id, roles: everyRole });
const system: Actor = { id: "publish", name: "公开程序", roles: [], system: true };

/** A report at one point of its life, and who had acted on its edition by then. */
export interface Station {
  readonly name: string;
  /** Absent: nobody has opened the report. */
  readonly head?: ReportHead;
  readonly acted: ReadonlyMap<string, Level>;
  /** Whether an act above the hand-in is in force, which the submitter can no longer withdraw from. */
  readonly isActedUpon: boolean;
}

type Act = readonly [Command, Actor];

function commands(editionHash: string) {
  const verdict = {
    editionHash,
    threadsHash: "f".repeat(64),
    blockingThreads: 0,
    unansweredThreads: 0,
  };
  const approve = (by: CastName): Act => [
    { type: "approve", ...verdict, documentNumber: "景财决批〔2023〕1号" },
    actor(by),
  ];
  const sign = (kind: "secrecy" | "principal", by: CastName): Act => [
    { type: "sign_off", kind, editionHash },
    actor(by),
  ];
  const giveBack = (to: "preparer" | "level_below", by: CastName): Act => [
    { type: "return", ...verdict, to, reason: "请核对" },
    actor(by),
  ];
  return {
    open: [{ type: "open" }, actor("submitter")],
    submit: [
      {
        type: "submit",
        editionHash,
        editors: ["editor"],
        blockingFindings: 0,
        unitsOutstanding: [],
      },
      actor("submitter"),
    ],
    withdraw: [{ type: "withdraw" }, actor("submitter")],
    passAtUnit: approve("unitReviewer"),
    secrecy: sign("secrecy", "secrecyOfficer"),
    principal: sign("principal", "principal"),
    passAtDepartment: approve("departmentReviewer"),
    approve: approve("bureauReviewer"),
    returnToPreparer: giveBack("preparer", "departmentReviewer"),
    returnBelow: giveBack("level_below", "bureauReviewer"),
    startPublication: [{ type: "start_publication", editionHash, run: "run-1" }, system],
    fail: [
      {
        type: "record_failure",
        editionHash,
        step: "print",
        cause: { code: "printer_unavailable" },
        attempts: 5,
      },
      system,
    ],
    retry: [{ type: "retry_publication" }, actor("bureauReviewer")],
    undo: [{ type: "undo_approval", editionHash, reason: "退回修改" }, actor("bureauReviewer")],
    publish: [{ type: "record_publication", editionHash, path: "/2022/137001/" }, system],
    correct: [{ type: "correct", reason: "更正合计" }, actor("submitter")],
    askTakeDown: [
      { type: "ask_take_down", legalBasis: "依法撤下", summary: "附表不宜公开" },
      actor("principal"),
    ],
    takeDown: [{ type: "take_down", askedAt: start }, actor("bureauReviewer")],
  } as const satisfies Record<string, Act>;
}
type ActName = keyof ReturnType<typeof commands>;

/** Acts that lead to each point of a life, by kind of node. */
function lives(kind: "unit" | "department"): Record<string, readonly ActName[]> {
  const atDepartment: ActName[] = [
    "open",
    "submit",
    ...(kind === "unit" ? (["passAtUnit"] as const) : []),
  ];
  const atBureau: ActName[] = [...atDepartment, "secrecy", "principal", "passAtDepartment"];
  const approved: ActName[] = [...atBureau, "approve"];
  const published: ActName[] = [...approved, "startPublication", "publish"];
  return {
    absent: [],
    draft: ["open"],
    ...(kind === "unit" ? { "at its unit": ["open", "submit"] } : {}),
    withdrawn: ["open", "submit", "withdraw"],
    "at its department": atDepartment,
    "at its department, signed": [...atDepartment, "secrecy", "principal"],
    "returned to its preparer": [...atDepartment, "returnToPreparer"],
    "at the bureau": atBureau,
    "returned by the bureau to the level below": [...atBureau, "returnBelow"],
    approved,
    "being published": [...approved, "startPublication"],
    "failed in print": [...approved, "fail"],
    "tried again": [...approved, "fail", "retry"],
    "with its approval undone": [...approved, "undo"],
    published,
    "in correction": [...published, "correct"],
    "corrected, in review": [...published, "correct", "submit"],
    "asked to be taken down": [...published, "askTakeDown"],
    "asked to be taken down while in correction": [...published, "correct", "askTakeDown"],
    "taken down": [...published, "askTakeDown", "takeDown"],
    "taken down while in correction": [...published, "correct", "askTakeDown", "takeDown"],
  };
}

const deadlines = { unitDue: "2023-07-31", departmentDue: "2023-08-15", bureauDue: "2023-08-31" };

/** A report of a node at every point of its life; all of them have the same, empty, content. */
export function stations(
  place: Pick<ReportHead, "id" | "region" | "year" | "orgCode" | "departmentCode" | "orgName"> & {
    readonly kind: "unit" | "department";
  },
  sha256: Sha256,
): readonly Station[] {
  const opened: ReportHead = {
    ...place,
    edition: "jiangxi-2022",
    version: 7,
    state: absent,
    sections: {},
    editors: ["editor"],
    chain: chainStart,
    outbox: [],
  };
  const acts = commands(hashOf({ sha256 }, opened));
  return Object.entries(lives(place.kind)).map(([name, names]) => {
    const { state, events } = lived(
      place.kind,
      names.map((one) => acts[one]),
    );
    const outbox = linkEvents(opened, events, sha256);
    const { seq, hash } = outbox.at(-1) ?? chainStart;
    const turn = turnOf(state, { ...place, bureauCode: "000" }, deadlines);
    const waits =
      turn === undefined ? {} : { turn: { queue: queueOf(place.region, turn), due: turn.due } };
    return {
      name,
      ...(names.length === 0
        ? {}
        : { head: { ...opened, state, outbox, chain: { seq, hash }, ...waits } }),
      acted: actedIn(events),
      isActedUpon:
        state.status === "in_review" && (state.verdicts.length > 0 || state.returned !== undefined),
    };
  });
}

function lived(kind: "unit" | "department", acts: readonly Act[]) {
  let state: ReportState = absent;
  const events: ReportEvent[] = [];
  for (const [command, by] of acts) {
    const decided = decide(command, state, by, { kind, now: start });
    if (!decided.ok) throw new Error(`${command.type} is refused: ${decided.error.code}`);
    for (const event of decided.value) state = evolve(state, event, kind);
    events.push(...decided.value);
  }
  return { state, events };
}

/** Counted from the events, for the state is what the matrix is about. */
function actedIn(events: readonly ReportEvent[]): ReadonlyMap<string, Level> {
  const hasActed = new Set(
    events.flatMap((event) => {
      const isAct = ["submitted", "passed", "returned", "signed_off", "approved"].includes(
        event.type,
      );
      const writers = event.type === "submitted" ? (event.editors ?? []) : [];
      return isAct ? [event.by, ...writers] : writers;
    }),
  );
  return new Map(
    castNames.flatMap((name) => (hasActed.has(name) ? [[name, cast[name]] as const] : [])),
  );
}
