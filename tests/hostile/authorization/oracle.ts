import type { Member } from "../../../shared/registry/registry.ts";
import { roles, type Role } from "../../../shared/workflow/roles.ts";
import { publicationOf, transitions, type Move } from "../../../shared/workflow/transitions.ts";
import { region } from "../../functions/api/service.ts";
import type { Case } from "./cases.ts";
import { bureauCode, places, type Kind } from "./people.ts";
import type { Station } from "./stations.ts";

/** What a case must come to: a refusal by its code, or `in`, whatever the content then is refused for. */
export type Outcome = "in" | "not_found" | "wrong_role" | "wrong_status" | "four_eyes";

/** Roles a person holds on the line of the report of a node; "reads" alone gives sight. */
export function held(
  person: Member,
  kind: Kind,
): { readonly roles: readonly Role[]; reads: boolean } {
  const { orgCode, departmentCode } = places[kind];
  if (person.region !== region) return { roles: [], reads: false };
  const own = person.memberships.filter((one) => {
    const reach = roles[one.role].reach;
    if (reach === "region") return one.orgCode === bureauCode;
    if (reach === "department" && one.orgCode === departmentCode) return true;
    return one.orgCode === orgCode;
  });
  // Who draws up the department's account reads its units'.
  const reads = person.memberships.some(
    ({ role, orgCode: at }) => role === "preparer" && at === departmentCode,
  );
  return { roles: own.map(({ role }) => role), reads: reads || own.length > 0 };
}

export function expected(one: Case, person: Member, station: Station, kind: Kind): Outcome {
  const { gate } = one;
  const isOfReport = one.route.includes("{id}");
  if (gate === "anybody") return "in";
  if (person.region !== region) return "not_found";
  if (gate === "sight") return "in";
  if (typeof gate === "object" && "registry" in gate) {
    const may = person.memberships.some(
      ({ role, orgCode }) => gate.registry.includes(role) && orgCode === bureauCode,
    );
    return may ? "in" : "wrong_role";
  }
  const { roles: own, reads } = held(person, kind);
  if (!reads || (isOfReport && station.head === undefined)) return "not_found";
  if (one.onlyDepartments && kind === "unit") return "not_found";
  if (gate === "line") return "in";
  if (gate === "preparer") return own.includes("preparer") ? "in" : "wrong_role";
  return byTable(gate.move, { person, own, station });
}

function byTable(
  move: Move,
  { person, own, station }: { person: Member; own: readonly Role[]; station: Station },
): Outcome {
  const rule = transitions[move];
  const state = station.head?.state ?? { status: "absent" };
  if (!rule.by.some((role) => own.includes(role))) return "wrong_role";
  // What is opened already says so in its own words.
  if (move === "open") return "in";
  if (!rule.from.includes(state.status)) return "wrong_status";
  if (rule.needsPublication && publicationOf(state) === undefined) return "wrong_status";
  const asker = "takeDownAsked" in state ? state.takeDownAsked.by : undefined;
  if (rule.request === "none" && asker !== undefined) return "wrong_status";
  if (rule.request === "of_another") {
    if (asker === undefined) return "wrong_status";
    if (asker === person.subject) return "four_eyes";
  }
  if (rule.request === "own") {
    if (asker === undefined) return "wrong_status";
    if (asker !== person.subject) return "wrong_role";
  }
  if (rule.onlySubmitter) {
    if (person.subject !== "submitter") return "wrong_role";
    if (station.isActedUpon) return "wrong_status";
  }
  if (rule.atOwnStage && state.status === "in_review") {
    if (!own.includes(`${state.stage}_reviewer`)) return "wrong_status";
  }
  if (state.status === "approved") {
    const hasFailed = state.failure !== undefined;
    if (rule.given === "failure" && !hasFailed) return "wrong_status";
    if (rule.notWhilePublishing && !hasFailed && state.started !== undefined) return "wrong_status";
  }
  const level = station.acted.get(person.subject);
  if (rule.actsAs === undefined || level === undefined) return "in";
  const mayActAgain = {
    preparer: level === "author",
    signer: level !== "author",
    reviewer: level === "signer" || (state.status === "in_review" && level === state.stage),
  }[rule.actsAs];
  return mayActAgain ? "in" : "four_eyes";
}
