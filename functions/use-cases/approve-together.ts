import { err, type Result } from "../../shared/result.ts";
import { decide } from "../../shared/workflow/decide.ts";
import type { Actor, Rejection } from "../../shared/workflow/report-state.ts";
import type {
  CommitRefusal,
  LookStore,
  ProgressStore,
  RegistryStore,
  ReportHead,
  ReportStore,
  ThreadStore,
} from "../storage/ports.ts";
import type { DamageRefusal } from "./damage.ts";
import { giveVerdict, type NewRemark } from "./give-verdict.ts";
import type { ReportInHand } from "./handle-command.ts";
import { hasSeen } from "./seen-submission.ts";
import { threadFacts } from "./thread-facts.ts";
import type { ContentDeps } from "./report-content.ts";

/**
 * Why a report is not approved together with others (批量批复), beside what refuses a single approval: nobody decides on
 * what they have not looked at, and what still needs a word is decided on by itself.
 */
type Obstacle =
  | { readonly code: "unseen" }
  | { readonly code: "open_remarks"; readonly count: number }
  | { readonly code: "check_errors"; readonly count: number; readonly at: string };
export type TogetherRefusal = Rejection | Obstacle;

interface TogetherDeps extends ContentDeps {
  readonly registry: Pick<RegistryStore, "view">;
  readonly threads: Pick<ThreadStore, "list">;
  readonly progress: Pick<ProgressStore, "note">;
  readonly looks: Pick<LookStore, "load">;
  readonly now: () => string;
}

/** The document by which reports are approved. */
interface ApprovalDocument {
  readonly documentNumber: string;
  /** 批复日期, YYYY-MM-DD. */
  readonly approvedOn?: string;
}

/** The first thing that keeps a report from being approved together with others, as its records are now. */
export async function obstacleTo(
  deps: TogetherDeps,
  { head, lineage, year }: ReportInHand,
  actor: Actor,
  { editionHash, document }: { readonly editionHash: string; readonly document: ApprovalDocument },
): Promise<TogetherRefusal | undefined> {
  const [threads, note, isSeen] = await Promise.all([
    deps.threads.list(head.id),
    deps.progress.note(year, lineage.departmentCode, head.orgCode),
    hasSeen(deps, head.id, { editionHash, subject: actor.id }),
  ]);
  const command = { type: "approve" as const, editionHash, ...document };
  const decided = decide({ ...command, ...threadFacts(threads, deps.sha256) }, head.state, actor, {
    kind: head.kind,
    now: deps.now(),
  });
  if (!decided.ok) return decided.error;
  const open = threads.filter(({ status }) => status !== "resolved").length;
  if (open > 0) return { code: "open_remarks", count: open };
  const { check } = note ?? {};
  if (check?.editionHash === editionHash && check.errors > 0) {
    return { code: "check_errors", count: check.errors, at: check.at };
  }
  return isSeen ? undefined : { code: "unseen" };
}

/** Approves one of several reports, if nothing keeps it from being approved with the others. */
export async function approveTogether(
  deps: TogetherDeps & { readonly reports: Pick<ReportStore, "commit" | "load"> },
  inHand: ReportInHand,
  actor: Actor,
  order: {
    readonly editionHash: string;
    readonly seenVersion?: number | undefined;
    readonly document: ApprovalDocument;
  },
): Promise<Result<ReportHead, TogetherRefusal | CommitRefusal | NewRemark | DamageRefusal>> {
  const obstacle = await obstacleTo(deps, inHand, actor, order);
  if (obstacle !== undefined) return err(obstacle);
  const { editionHash, seenVersion, document } = order;
  return giveVerdict(
    deps,
    inHand,
    { type: "approve", editionHash, seenVersion, ...document },
    actor,
  );
}
