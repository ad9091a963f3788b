import fc from "fast-check";
import { expect, it } from "vitest";
import type { OrgKind } from "../../../shared/report/report.ts";
import { allowedActions } from "../../../shared/workflow/available.ts";
import { decide } from "../../../shared/workflow/decide.ts";
import { absent, evolve } from "../../../shared/workflow/evolve.ts";
import type { Role } from "../../../shared/workflow/roles.ts";
import type {
  Actor,
  Command,
  ReportEvent,
  ReportState,
} from "../../../shared/workflow/report-state.ts";
import { reportStateSchema } from "../../../shared/workflow/report-state-schema.ts";
import { queueOf, parseQueue, turnOf } from "../../../shared/workflow/turn.ts";
import {
  askTakeDown,
  declineTakeDown,
  now,
  publisher,
  submissionA,
  submissionB,
  takeDown,
  threadsHash,
} from "./given.ts";

/** Four people who between them hold every role, most of them several. */
const people: readonly Actor[] = [
  ["preparer", "unit_reviewer", "principal"],
  ["preparer", "department_reviewer", "secrecy_officer"],
  ["unit_reviewer", "department_reviewer", "bureau_reviewer"],
  ["bureau_reviewer", "principal", "bureau_admin", "secrecy_officer", "unit_reviewer"],
  ["preparer", "unit_reviewer", "department_reviewer", "bureau_reviewer", "principal"],
].map((roles, index) => ({ id: `p${index}`, name: `人${index}`, roles: roles as Role[] }));

const actor = fc.constantFrom(...people, publisher);
const editionHash = fc.constantFrom(submissionA, submissionB);
const editors = fc.subarray(people.map(({ id }) => id));
const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 1, arbitrary: fc.constant({ type: "open" } as const) },
  {
    weight: 4,
    arbitrary: fc.record({ editionHash, editors }).map((facts): Command => ({
      type: "submit",
      ...facts,
      blockingFindings: 0,
      unitsOutstanding: [],
    })),
  },
  { weight: 1, arbitrary: fc.constant({ type: "withdraw" } as const) },
  {
    weight: 6,
    arbitrary: editionHash.map((hash): Command => ({
      type: "approve",
      editionHash: hash,
      documentNumber: "财决〔2023〕1号",
      blockingThreads: 0,
      unansweredThreads: 0,
      threadsHash,
    })),
  },
  {
    weight: 2,
    arbitrary: fc
      .record({ editionHash, to: fc.constantFrom("preparer", "level_below") })
      .map((rest): Command => ({ type: "return", reason: "请改正", threadsHash, ...rest })),
  },
  {
    weight: 4,
    arbitrary: fc
      .record({ editionHash, kind: fc.constantFrom("secrecy", "principal") })
      .map((rest): Command => ({ type: "sign_off", ...rest })),
  },
  { weight: 1, arbitrary: fc.constant({ type: "correct", reason: "更正" } as const) },
  { weight: 2, arbitrary: fc.constant(askTakeDown) },
  { weight: 1, arbitrary: fc.constantFrom(takeDown, declineTakeDown) },
  { weight: 1, arbitrary: fc.constant({ type: "withdraw_take_down", askedAt: now } as const) },
  { weight: 1, arbitrary: fc.constant({ type: "retry_publication" } as const) },
  {
    weight: 1,
    arbitrary: editionHash.map((hash): Command => ({
      type: "undo_approval",
      editionHash: hash,
      reason: "退回",
    })),
  },
  {
    weight: 2,
    arbitrary: editionHash.map((hash): Command => ({
      type: "record_failure",
      editionHash: hash,
      step: "print",
      cause: { code: "printer_unavailable" },
      attempts: 5,
    })),
  },
  {
    weight: 1,
    arbitrary: editionHash.map((hash): Command => ({
      type: "start_publication",
      editionHash: hash,
      run: "run-1",
    })),
  },
  {
    weight: 3,
    arbitrary: editionHash.map((hash): Command => ({
      type: "record_publication",
      editionHash: hash,
      path: "/2022/137001/",
    })),
  },
);

interface Replayed {
  readonly state: ReportState;
  readonly events: readonly ReportEvent[];
}

const replay = (kind: OrgKind, acts: readonly (readonly [Command, Actor])[]): Replayed =>
  acts.reduce<Replayed>(
    ({ state, events }, [act, by]) => {
      const decided = decide(act, state, by, { kind, now });
      if (!decided.ok) return { state, events };
      return {
        state: decided.value.reduce<ReportState>((s, event) => evolve(s, event, kind), state),
        events: [...events, ...decided.value],
      };
    },
    { state: absent, events: [] },
  );

/** Derived from the events alone, so that the rule is not checked by its own words. */
function levelsOf(events: readonly ReportEvent[]) {
  const levels = new Map<string, Map<string, Set<string>>>();
  let current = "";
  for (const event of events) {
    const note = (level: string) => {
      const ofEdition = levels.get(current) ?? new Map<string, Set<string>>();
      levels.set(current, ofEdition);
      ofEdition.set(event.by, (ofEdition.get(event.by) ?? new Set<string>()).add(level));
    };
    if (event.type === "submitted") {
      current = event.editionHash;
      note("preparer");
    }
    if (event.type === "passed" || event.type === "returned") note(event.stage);
    if (event.type === "approved") note("bureau");
    if (event.type === "signed_off") note("signer");
    if (event.type === "correction_opened") levels.clear();
  }
  return [...levels.values()].flatMap((ofEdition) => [...ofEdition.values()]);
}

const kinds = fc.constantFrom<OrgKind>("unit", "department");
const acts = fc.array(fc.tuple(command, actor), { maxLength: 120, size: "max" });

it("whatever people try in whatever order, no one acts at two levels of one submission", () => {
  fc.assert(
    fc.property(kinds, acts, (kind, tried) => {
      for (const levels of levelsOf(replay(kind, tried).events)) {
        const reviewing = [...levels].filter((level) => level !== "signer");
        expect(reviewing.length).toBeLessThanOrEqual(1);
        expect(levels.has("preparer") && levels.has("signer")).toBe(false);
      }
    }),
    { numRuns: 400 },
  );
});

it("whatever people try, nobody signs off or passes what they wrote in", () => {
  fc.assert(
    fc.property(kinds, acts, (kind, tried) => {
      const { state, events } = replay(kind, tried);
      if (!("submission" in state)) return;
      const { editionHash: edition } = state.submission;
      const authors = new Set(
        events.flatMap((event) =>
          event.type === "submitted" && event.editionHash === edition
            ? [event.by, ...(event.editors ?? [])]
            : [],
        ),
      );
      const decided = [
        ...Object.values(state.signOffs),
        ...state.verdicts,
        ...("approval" in state ? [state.approval] : []),
      ];
      for (const { by } of decided) expect(authors).not.toContain(by);
    }),
    { numRuns: 400 },
  );
});

it("whatever people try, nobody takes down alone what is public", () => {
  fc.assert(
    fc.property(kinds, acts, (kind, tried) => {
      const { state } = replay(kind, tried);
      if (state.status !== "taken_down") return;
      const { by, asked } = state.tombstone;
      expect(asked?.by).toBeDefined();
      expect(asked?.by).not.toBe(by);
    }),
    { numRuns: 400 },
  );
});

it("whatever was accepted replays to the same state, which storage can hold", () => {
  fc.assert(
    fc.property(kinds, acts, (kind, tried) => {
      const { state, events } = replay(kind, tried);
      expect(events.reduce<ReportState>((s, event) => evolve(s, event, kind), absent)).toEqual(
        state,
      );
      expect(reportStateSchema.parse(state)).toEqual(state);
    }),
    { numRuns: 200 },
  );
});

it("nothing reaches the bureau without both sign-offs of that very submission", () => {
  fc.assert(
    fc.property(kinds, acts, (kind, tried) => {
      const { state } = replay(kind, tried);
      if (
        state.status === "approved" ||
        state.status === "published" ||
        (state.status === "in_review" && state.stage === "bureau")
      ) {
        expect(Object.keys(state.signOffs).sort()).toEqual(["principal", "secrecy"]);
      }
    }),
    { numRuns: 300 },
  );
});

it("a button is offered exactly where the server, facts aside, would accept the act", () => {
  fc.assert(
    fc.property(kinds, acts, actor, (kind, tried, by) => {
      const { state } = replay(kind, tried);
      const offered = allowedActions(state, by, submissionA);
      const current = "submission" in state ? state.submission.editionHash : submissionA;
      const commands = {
        submit: {
          type: "submit",
          editionHash: submissionA,
          editors: [],
          blockingFindings: 0,
          unitsOutstanding: [],
        },
        withdraw: { type: "withdraw" },
        return: { type: "return", editionHash: current, reason: "改", to: "preparer", threadsHash },
        sign_off_secrecy: { type: "sign_off", kind: "secrecy", editionHash: current },
        sign_off_principal: { type: "sign_off", kind: "principal", editionHash: current },
        correct: { type: "correct", reason: "更正" },
        ask_take_down: askTakeDown,
        take_down: takeDown,
        decline_take_down: declineTakeDown,
        withdraw_take_down: { type: "withdraw_take_down", askedAt: now },
        retry_publication: { type: "retry_publication" },
        undo_approval: { type: "undo_approval", editionHash: current, reason: "退回" },
      } as const satisfies Record<string, Command>;
      for (const [action, act] of Object.entries(commands)) {
        expect(offered.includes(action as never), action).toBe(
          decide(act, state, by, { kind, now }).ok,
        );
      }
    }),
    { numRuns: 300 },
  );
});

it("whose turn it is names a role at a node, and reads back from its queue", () => {
  fc.assert(
    fc.property(kinds, acts, (kind, tried) => {
      const { state } = replay(kind, tried);
      const place = { kind, orgCode: "137001", departmentCode: "137", bureauCode: "001" };
      const due = { unitDue: "2023-03-10", departmentDue: "2023-04-10", bureauDue: "2023-07-31" };
      const turn = turnOf(state, place, due);
      if (turn === undefined) {
        expect(["absent", "published", "taken_down"]).toContain(state.status);
      } else {
        const { role, orgCode } = turn;
        expect(parseQueue(queueOf("360200", turn))).toEqual({ region: "360200", role, orgCode });
      }
    }),
  );
});
