import { canonicalJson } from "../../../shared/canonical-json.ts";
import type { CheckSummary } from "../../../shared/checks/check-summary.ts";
import { rulesIn, type ReportNotes } from "../../../shared/progress/progress.ts";
import type { FiscalYear } from "../../../shared/registry/registry.ts";
import type { ProgressStore, RegistryStore, ThreadStore } from "../../storage/ports.ts";
import type { ReportInHand } from "../handle-command.ts";
import { keepDepartment } from "./keep-progress.ts";

interface NoteDeps {
  readonly registry: Pick<RegistryStore, "view">;
  readonly progress: ProgressStore;
}

/** Keeps what a check (审核) of a report found, for the lists of its year; the content is what `editionHash` names. */
export const keepCheck = (
  deps: NoteDeps & { readonly now: () => string },
  inHand: ReportInHand,
  editionHash: string,
  { errors, warnings, rules }: CheckSummary,
): Promise<void> =>
  keepNote(deps, placeOf(inHand), ({ check: before, ...note }) => {
    const met = [...new Set([...(before?.met ?? []), ...Object.keys(rules)])].sort();
    const check = { editionHash, errors, warnings, rules, met };
    if (
      before !== undefined &&
      canonicalJson({ ...before, at: "" }) === canonicalJson({ ...check, at: "" })
    ) {
      return undefined;
    }
    return { ...note, check: { ...check, at: deps.now() } };
  });

/** Keeps how many remarks (审核意见) of a report nobody has settled, as they are now. */
export const keepOpenRemarks = (
  deps: NoteDeps & { readonly threads: Pick<ThreadStore, "list"> },
  inHand: ReportInHand,
): Promise<void> =>
  keepNote(deps, placeOf(inHand), async (note) => {
    const threads = await deps.threads.list(inHand.head.id);
    const openRemarks = threads.filter(({ status }) => status !== "resolved").length;
    return openRemarks === (note.openRemarks ?? 0) ? undefined : { ...note, openRemarks };
  });

/** Keeps that the people whose turn it is at a node were written to (催办), by somebody or by rule. */
export const keepReminded = (
  deps: NoteDeps,
  place: NotePlace,
  reminded: NonNullable<ReportNotes["reminded"]>,
): Promise<void> =>
  keepNote(deps, place, (note) =>
    (note.reminded?.at ?? "") >= reminded.at ? undefined : { ...note, reminded },
  );

/** Where a node's notes are: under the department its report is with. */
interface NotePlace {
  readonly year: FiscalYear;
  readonly departmentCode: string;
  readonly orgCode: string;
}

const placeOf = ({ head: { orgCode }, lineage: { departmentCode }, year }: ReportInHand) => ({
  ...{ year, departmentCode, orgCode },
});

/** Times a note is made anew because another wrote it meanwhile. */
const maxAttempts = 10;

/** Changes a report's notes as they are stored, and the line of its department where that shows it. */
async function keepNote(
  deps: NoteDeps,
  { year, departmentCode, orgCode }: NotePlace,
  change: (note: ReportNotes) => ReportNotes | undefined | Promise<ReportNotes | undefined>,
): Promise<void> {
  const { progress } = deps;
  for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
    const stored = (await progress.note(year, departmentCode, orgCode)) ?? { orgCode, version: 0 };
    const note = await change(stored);
    if (note === undefined) return;
    if (!(await progress.putNote(year, departmentCode, note))) continue;
    if (rulesOf(stored) !== rulesOf(note)) await keepRules(deps, year, departmentCode);
    if (shownOf(stored) !== shownOf(note)) await keepDepartment(deps, year, departmentCode);
    return;
  }
  throw new Error(`The notes of ${orgCode} were written by others ${String(maxAttempts)} times.`);
}

const rulesOf = ({ check }: ReportNotes): string =>
  canonicalJson([Object.keys(check?.rules ?? {}).sort(), [...(check?.met ?? [])]]);

/** Adds up anew which rules the reports of a department break. */
async function keepRules(
  { progress }: NoteDeps,
  year: FiscalYear,
  department: string,
): Promise<void> {
  for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
    const stored = await progress.ruleLine(year, department);
    const notes = await progress.notes(year, department);
    const line = { code: department, rules: rulesIn(notes), version: stored?.version ?? 0 };
    if (stored !== undefined && canonicalJson(stored) === canonicalJson(line)) return;
    if (await progress.putRuleLine(year, line)) return;
  }
  throw new Error(
    `The rules of ${department} were written by others ${String(maxAttempts)} times.`,
  );
}

/** What a department's line adds up of a note. */
const shownOf = ({ check, openRemarks = 0 }: ReportNotes): string =>
  canonicalJson([check?.errors ?? 0, check?.warnings ?? 0, openRemarks]);
