import { parseCellAddress } from "../../shared/forms/cell.ts";
import { columnsOf, isByCode } from "../../shared/forms/canonical-table.ts";
import { fixedRows } from "../../shared/forms/layout.ts";
import { writeNarrative } from "../../shared/narrative/write-narrative.ts";
import { writeOverview } from "../../shared/narrative/write-overview.ts";
import { sentencesOf, sentenceText } from "../../shared/narrative/written.ts";
import { cellValue, type Report } from "../../shared/report/report.ts";
import { assertNever, err, ok, type Result } from "../../shared/result.ts";
import type { Actor, Rejection } from "../../shared/workflow/report-state.ts";
import {
  longestFound,
  type AsFound,
  type Standpoint,
  type Thread,
  type ThreadAct,
  type ThreadAnchor,
} from "../../shared/workflow/thread.ts";
import {
  allowedThreadActs,
  decideThreadEntry,
  roomRefusal,
  standpointOf,
  type ThreadRejection,
  type ThreadSummary,
} from "../../shared/workflow/decide-thread.ts";
import { refusal } from "../../shared/workflow/transitions.ts";
import type { RemarkRefusal, ReportHead, ThreadStore } from "../storage/ports.ts";
import { authorsOf } from "./authors.ts";
import { loadReport, manifestOf, type ContentDeps } from "./report-content.ts";

/** The place a remark is about does not exist in the current report. */
export type AnchorRefusal = { readonly code: "unknown_anchor" };

interface ThreadDeps {
  readonly threads: ThreadStore;
  readonly now: () => string;
  readonly newId: () => string;
}

interface RemarkRequest {
  readonly anchor: ThreadAnchor;
  readonly text: string;
  readonly blocking: boolean;
}

type OpenRefusal = Rejection | AnchorRefusal | ThreadRejection;

/** Opens a remark (审核意见) at a place of the report. */
export async function openThread(
  deps: ThreadDeps & ContentDeps,
  head: ReportHead,
  request: RemarkRequest,
  actor: Actor,
): Promise<Result<Thread, OpenRefusal | RemarkRefusal>> {
  const stored = await deps.threads.list(head.id);
  const idOf = () => deps.newId();
  const opened = await newThreads(deps, head, [request], { actor, stored, idOf });
  if (!opened.ok) return opened;
  const [thread] = opened.value;
  if (thread === undefined) throw new Error("A remark was requested, and none was made.");
  return deps.threads.create(thread);
}

/** The threads that remarks begin, in their order; refused where one of them cannot be made, and nothing is stored. */
export async function newThreads(
  deps: ContentDeps & Pick<ThreadDeps, "now">,
  head: ReportHead,
  requests: readonly RemarkRequest[],
  {
    actor,
    stored,
    idOf,
  }: {
    readonly actor: Actor;
    /** Those the report has already. */
    readonly stored: readonly Thread[];
    readonly idOf: (request: RemarkRequest) => string;
  },
): Promise<Result<readonly Thread[], OpenRefusal>> {
  const refused = refusal("comment", head.state, actor);
  if (refused !== undefined) return err(refused);
  const standpoint = standpointOf(head.state, actor, authorsOf(head));
  if (standpoint === undefined) return err({ code: "wrong_role" });
  const report = await loadReport(deps, manifestOf(head));
  const threads: Thread[] = [];
  for (const request of requests) {
    const { anchor, blocking, text } = request;
    if (!hasPlace(report, anchor)) return err({ code: "unknown_anchor" });
    const full = roomRefusal([...stored, ...threads], text);
    if (full !== undefined) return err(full);
    const found = foundAt(report, anchor);
    const id = idOf(request);
    threads.push({
      ...{ id, reportId: head.id, anchor },
      ...(found && { found }),
      ...{ blocking, status: "open" },
      ...("submission" in head.state ? { editionHash: head.state.submission.editionHash } : {}),
      version: 1,
      entries: [
        entryOf({ now: deps.now, newId: () => id }, actor, standpoint, { act: "open", text }),
      ],
    });
  }
  return ok(threads);
}

/** Answers, settles or takes up again; `version` is the one the person saw. */
export async function appendToThread(
  deps: ThreadDeps,
  head: ReportHead,
  id: string,
  request: { readonly act: ThreadAct; readonly text: string; readonly version: number },
  actor: Actor,
): Promise<Result<Thread, Rejection | ThreadRejection | RemarkRefusal>> {
  const refused = refusal("comment", head.state, actor);
  if (refused !== undefined) return err(refused);
  const threads = await deps.threads.list(head.id);
  const thread = threads.find((one) => one.id === id);
  if (thread === undefined) return err({ code: "not_found" });
  if (thread.version !== request.version) return err({ code: "stale_version" });
  const decided = decideThreadEntry(request, summaryOf(thread), actor, circumstancesOf(head));
  if (!decided.ok) return decided;
  // A full thread can still be settled, or it would block approval for ever.
  const full = request.act === "resolve" ? undefined : roomRefusal(threads, request.text, thread);
  if (full !== undefined) return err(full);
  const { status, standpoint } = decided.value;
  return deps.threads.append(thread, entryOf(deps, actor, standpoint, request), status);
}

/** A thread with what this person may do with it now, so that no screen has to guess. */
export function threadView(head: ReportHead, thread: Thread, actor: Actor) {
  const mayComment = refusal("comment", head.state, actor) === undefined;
  return {
    ...thread,
    allowedActs: mayComment
      ? allowedThreadActs(summaryOf(thread), actor, circumstancesOf(head))
      : [],
  };
}

const circumstancesOf = (head: ReportHead) => ({ state: head.state, authors: authorsOf(head) });

function summaryOf({ status, entries: [opening] }: Thread): ThreadSummary {
  const { by = "", level, role } = opening ?? {};
  return {
    status,
    openedBy: by,
    ...(level === undefined || role === undefined ? {} : { openedAt: { level, role } }),
  };
}

const entryOf = (
  { now, newId }: Pick<ThreadDeps, "now" | "newId">,
  { id, name }: Actor,
  standpoint: Standpoint,
  { act, text }: { readonly act: "open" | ThreadAct; readonly text: string },
) => ({ id: newId(), by: id, byName: name, ...standpoint, at: now(), text, act });

const sentenceAt = (report: Report, id: string): string | undefined => {
  const written = [writeOverview(report), writeNarrative(report)]
    .flatMap(sentencesOf)
    .find(({ sentence }) => sentence.id === id);
  return written && sentenceText(written.sentence);
};

/** What is at a place now, so that the remark itself can show later that it was changed. */
function foundAt(report: Report, anchor: ThreadAnchor): AsFound | undefined {
  if (anchor.kind === "cell") {
    const ref = parseCellAddress(anchor.cell);
    return ref && { figure: cellValue(report.sections, ref) ?? null };
  }
  if (anchor.kind !== "sentence") return undefined;
  const text = sentenceAt(report, anchor.sentence);
  return text === undefined ? undefined : { text: text.slice(0, longestFound) };
}

function hasPlace({ edition, sections, ...report }: Report, anchor: ThreadAnchor): boolean {
  switch (anchor.kind) {
    case "section":
      return true;
    case "cell": {
      const ref = parseCellAddress(anchor.cell);
      const form = edition.forms.find(({ id }) => id === ref?.table);
      if (ref === undefined || form === undefined) return false;
      const isRow = isByCode(form)
        ? ref.row === "total" || edition.functionCodes.has(ref.row)
        : fixedRows(form).some(({ key }) => key === ref.row);
      return isRow && columnsOf(form, ref.row).some(({ key }) => key === ref.column);
    }
    case "row": {
      const form = edition.forms.find(({ id }) => id === anchor.section);
      if (form === undefined) return anchor.row !== "";
      return isByCode(form)
        ? anchor.row === "total" || edition.functionCodes.has(anchor.row)
        : fixedRows(form).some(({ key }) => key === anchor.row);
    }
    case "sentence":
      return sentenceAt({ ...report, edition, sections }, anchor.sentence) !== undefined;
    case "attachment":
      return sections.attachments.files.some(({ sha256 }) => sha256 === anchor.sha256);
    default:
      return assertNever(anchor);
  }
}
