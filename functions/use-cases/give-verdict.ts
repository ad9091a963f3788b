import { err, type Result } from "../../shared/result.ts";
import type {
  Actor,
  Command,
  Rejection,
  VerdictFacts,
} from "../../shared/workflow/report-state.ts";
import type {
  CommitRefusal,
  RegistryStore,
  ReportHead,
  ReportStore,
  ThreadStore,
} from "../storage/ports.ts";
import { approveReport } from "./approve-report.ts";
import type { DamageRefusal } from "./damage.ts";
import { handleCommand, type ReportInHand } from "./handle-command.ts";
import { threadFacts } from "./thread-facts.ts";
import type { ContentDeps } from "./report-content.ts";

/** A remark came in that whoever decides has not seen. */
export type NewRemark = { readonly code: "new_remark" };

type Order =
  | Omit<Extract<Command, { type: "approve" }>, keyof VerdictFacts>
  | Omit<Extract<Command, { type: "return" }>, keyof VerdictFacts>
  | Extract<Command, { type: "sign_off" }>;

/** A level's verdict or a sign-off as ordered; what the threads say is found out here. */
export type Verdict = Order & {
  /** The version up to which its author saw the report's remarks, where that is known. */
  readonly seenVersion?: number | undefined;
};

/**
 * A verdict on the report and the remarks as read: head first, then threads. A remark counts the head's
 * version up, so one that came in after the head was read refuses the verdict.
 */
export async function giveVerdict(
  deps: ContentDeps & {
    readonly reports: Pick<ReportStore, "commit" | "load">;
    readonly registry: Pick<RegistryStore, "view">;
    readonly threads: Pick<ThreadStore, "list">;
    readonly now: () => string;
  },
  inHand: ReportInHand,
  { seenVersion, ...order }: Verdict,
  actor: Actor,
): Promise<Result<ReportHead, Rejection | CommitRefusal | NewRemark | DamageRefusal>> {
  const { head } = inHand;
  const unseen = stalenessOf(head, seenVersion ?? head.version);
  if (unseen.code === "new_remark") return err(unseen);
  const command = await withThreads(deps, head, order);
  const given =
    command.type === "approve"
      ? await approveReport(deps, inHand, command, actor)
      : await handleCommand(deps, inHand, command, actor);
  if (given.ok || given.error.code !== "stale_version") return given;
  const now = await deps.reports.load(head.id);
  return err(now === undefined ? given.error : stalenessOf(now, head.version));
}

/** Why a version is not the report's any more: new remarks, or something else. */
export const stalenessOf = (
  { remarkVersion = 0 }: Pick<ReportHead, "remarkVersion">,
  seen: number,
): CommitRefusal | NewRemark => ({ code: remarkVersion > seen ? "new_remark" : "stale_version" });

async function withThreads(
  { threads, sha256 }: Pick<Parameters<typeof giveVerdict>[0], "threads" | "sha256">,
  { id, state }: ReportHead,
  order: Order,
): Promise<Command> {
  if (order.type === "sign_off") return order;
  const stage = state.status === "in_review" ? state.stage : undefined;
  return { ...order, ...threadFacts(await threads.list(id), sha256, stage) };
}
