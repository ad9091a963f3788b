import { canonicalJson } from "../../shared/canonical-json.ts";
import { err, type Result } from "../../shared/result.ts";
import { decide } from "../../shared/workflow/decide.ts";
import type { ThreadRejection } from "../../shared/workflow/decide-thread.ts";
import type { Actor, Command, Rejection } from "../../shared/workflow/report-state.ts";
import type { ThreadAnchor } from "../../shared/workflow/thread.ts";
import type { CommitRefusal, RemarkRefusal, ReportHead, ThreadStore } from "../storage/ports.ts";
import type { DamageRefusal } from "./damage.ts";
import { giveVerdict, stalenessOf, type NewRemark, type Verdict } from "./give-verdict.ts";
import type { ReportInHand } from "./handle-command.ts";
import { threadFacts } from "./thread-facts.ts";
import { newThreads, type AnchorRefusal } from "./threads.ts";

/** A remark that its author kept as a draft until the verdict. */
export interface DraftedRemark {
  readonly anchor: ThreadAnchor;
  readonly text: string;
  readonly blocking: boolean;
}

type Refusal =
  | Rejection
  | CommitRefusal
  | NewRemark
  | DamageRefusal
  | AnchorRefusal
  | ThreadRejection
  | RemarkRefusal;

/**
 * Remarks (审核意见) and the verdict they belong to, in one act. Everything is judged before anything is stored; each
 * remark then enters through the report's head (docs/adr/0014), and the verdict follows on the version that the last of
 * them left. Where somebody else acts in between, the remarks stay, the verdict is refused, and given again it stores
 * none of them twice: a remark is named by its submission, author, place and words.
 */
export async function giveVerdictWith(
  deps: Parameters<typeof giveVerdict>[0] & { readonly threads: ThreadStore },
  inHand: ReportInHand,
  verdict: Exclude<Verdict, { type: "sign_off" }>,
  remarks: readonly DraftedRemark[],
  actor: Actor,
): Promise<Result<ReportHead, Refusal>> {
  const { head } = inHand;
  if (remarks.length === 0) return giveVerdict(deps, inHand, verdict, actor);
  const { seenVersion = head.version, ...order } = verdict;
  const unseen = stalenessOf(head, seenVersion);
  if (unseen.code === "new_remark") return err(unseen);
  const stored = await deps.threads.list(head.id);
  const subject = { reportId: head.id, editionHash: verdict.editionHash, by: actor.id };
  const prepared = await newThreads(deps, head, remarks, {
    ...{ actor, stored },
    idOf: ({ anchor, text }) =>
      deps.sha256(canonicalJson({ ...subject, anchor: { ...anchor }, text })).slice(0, 32),
  });
  if (!prepared.ok) return prepared;
  const added = prepared.value.filter(({ id }) => stored.every((one) => one.id !== id));
  const stage = head.state.status === "in_review" ? head.state.stage : undefined;
  const facts = threadFacts([...stored, ...added], deps.sha256, stage);
  const command: Command = { ...order, ...facts };
  const decided = decide(command, head.state, actor, { kind: head.kind, now: deps.now() });
  if (!decided.ok) return decided;
  for (const thread of added) {
    const created = await deps.threads.create(thread);
    if (!created.ok) return created;
  }
  const now = await deps.reports.load(head.id);
  if (now === undefined) return err({ code: "not_found" });
  // Each remark counts the version up by one: a greater one is somebody else's act.
  const expected = head.version + added.length;
  if (now.version !== expected) return err(stalenessOf(now, expected));
  return giveVerdict(deps, { ...inHand, head: now }, { ...order, seenVersion: now.version }, actor);
}
