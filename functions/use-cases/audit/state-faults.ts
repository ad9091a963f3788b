import type { Json, Sha256 } from "../../../shared/canonical-json.ts";
import type { OrgKind } from "../../../shared/report/report.ts";
import type { Manifest } from "../../../shared/report/manifest.ts";
import { namedSections } from "../../../shared/report/section-ids.ts";
import { absent, evolve } from "../../../shared/workflow/evolve.ts";
import type { ChainedEvent, ReportState } from "../../../shared/workflow/report-state.ts";
import type { ReportHead } from "../../storage/ports.ts";
import { hashOf } from "../report-content.ts";
import { placeOfReport } from "../open-report.ts";
import type { ChainFault, StateFault } from "./fault.ts";

/** The state that events add up to, or the first event that cannot have happened. */
export function replay(
  events: readonly ChainedEvent[],
  kind: OrgKind,
): { readonly state: ReportState } | { readonly fault: ChainFault } {
  let state = absent;
  for (const { seq, event } of events) {
    try {
      state = evolve(state, event, kind);
    } catch {
      // `evolve` refuses nothing: it throws at a history that no command could have led to.
      return { fault: { kind: "event_impossible", seq, type: event.type } };
    }
  }
  return { state };
}

/** Differences named at most; the rest follows from the same cause. */
const differencesNamed = 10;

/** What differs in a stored state from the one its events add up to, member by member. */
export function stateFaults(expected: ReportState, actual: ReportState): StateFault[] {
  if (expected.status !== actual.status) {
    return [
      {
        kind: "state_differs",
        path: ["status"],
        expected: expected.status,
        actual: actual.status,
      },
    ];
  }
  // Both are read by schema, so every member is JSON.
  return [...differences(expected as unknown as Json, actual as unknown as Json, [])].slice(
    0,
    differencesNamed,
  );
}

function* differences(
  expected: Json | undefined,
  actual: Json | undefined,
  path: readonly string[],
): Generator<StateFault> {
  if (expected === actual) return;
  const [left, right] = [membersOf(expected), membersOf(actual)];
  if (left !== undefined && right !== undefined) {
    for (const name of new Set([...Object.keys(left), ...Object.keys(right)])) {
      yield* differences(left[name], right[name], [...path, name]);
    }
    return;
  }
  yield {
    kind: "state_differs",
    path,
    ...(expected === undefined ? {} : { expected: textOf(expected) }),
    ...(actual === undefined ? {} : { actual: textOf(actual) }),
  };
}

const membersOf = (
  value: Json | undefined,
): Readonly<Record<string, Json | undefined>> | undefined =>
  typeof value === "object" && value !== null
    ? (value as Readonly<Record<string, Json | undefined>>)
    : undefined;

const textOf = (value: Json): string =>
  typeof value === "string" ? value : JSON.stringify(value).slice(0, 200);

/** A report's id is its region, year and node; they never change. */
export function identityFaults({ id, region, year, orgCode }: ReportHead): StateFault[] {
  const named = placeOfReport(id);
  const pairs = [
    ["region", named.region, region],
    ["year", String(named.year), String(year)],
    ["orgCode", named.orgCode, orgCode],
  ] as const;
  return pairs
    .filter(([, expected, actual]) => expected !== actual)
    .map(([member, expected, actual]) => ({ kind: "head_differs", member, expected, actual }));
}

/**
 * Compares a head with what was handed in: until it is a draft again nothing of it may change. The
 * manifest is read only when the hashes differ.
 */
export async function submissionFaults(
  deps: { readonly sha256: Sha256 },
  head: ReportHead,
  manifest: (editionHash: string) => Promise<Manifest | undefined>,
): Promise<StateFault[]> {
  if (!("submission" in head.state)) return [];
  const { editionHash } = head.state.submission;
  if (hashOf(deps, head) === editionHash) return [];
  const submitted = await manifest(editionHash);
  if (submitted === undefined) return []; // reported as damage of the manifest itself
  const members = ["edition", "orgName", "kind"] as const;
  return [
    ...members
      .filter((member) => submitted[member] !== head[member])
      .map((member): StateFault => {
        return { kind: "head_differs", member, expected: submitted[member], actual: head[member] };
      }),
    ...namedSections({ ...submitted.sections, ...head.sections })
      .filter((section) => submitted.sections[section] !== head.sections[section]?.sha256)
      .map((section): StateFault => ({ kind: "section_pointer_changed", section })),
  ];
}
