import { useNavigate } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import type { FindingsView, ReportAction, ReportView } from "../../../shared/contract/responses.ts";
import { refusalText, useAct, useThreads } from "../api/queries.ts";
import { modal } from "../app/feedback.tsx";
import { lazyPart } from "../app/lazy-part.tsx";
import { useSigned } from "../app/session-context.ts";
import { isOpen, placeHref } from "./finding-place.ts";
import { useUnsentGuard } from "./use-unsent-guard.tsx";
import type { ReasonedAct } from "./verdict-dialogs.tsx";

const ApproveDialog = lazyPart(
  async () => (await import("./verdict-dialogs.tsx")).ApproveDialog,
  "dialog",
);
const SignOff = lazyPart(async () => (await import("./sign-off.tsx")).SignOff, "dialog");
const ReturnDialog = lazyPart(
  async () => (await import("./verdict-dialogs.tsx")).ReturnDialog,
  "dialog",
);
const ReasonDialog = lazyPart(
  async () => (await import("./verdict-dialogs.tsx")).ReasonDialog,
  "dialog",
);
const OpenFindingsDialog = lazyPart(
  async () => (await import("./open-findings-dialog.tsx")).OpenFindingsDialog,
  "dialog",
);

const CorrectDialog = lazyPart(
  async () => (await import("./public-acts.tsx")).CorrectDialog,
  "dialog",
);
const AskTakeDownDialog = lazyPart(
  async () => (await import("./public-acts.tsx")).AskTakeDownDialog,
  "dialog",
);
const ConfirmTakeDownDialog = lazyPart(
  async () => (await import("./public-acts.tsx")).ConfirmTakeDownDialog,
  "dialog",
);
const WithdrawTakeDownDialog = lazyPart(
  async () => (await import("./public-acts.tsx")).WithdrawTakeDownDialog,
  "dialog",
);

/** Acts that open a dialog, in the order of their buttons. */
const dialogActs = {
  withdraw: "撤回",
  correct: "更正",
  ask_take_down: "申请撤下",
  take_down: "确认撤下",
  decline_take_down: "不同意撤下",
  withdraw_take_down: "撤回撤下申请",
  undo_approval: "撤销批复",
} as const satisfies Partial<Record<ReportAction, string>>;
type DialogAct = keyof typeof dialogActs;

function reasonedAct(
  act: "withdraw" | "decline_take_down" | "undo_approval",
  report: ReportView,
): ReasonedAct {
  switch (act) {
    case "withdraw":
      return {
        path: "/withdraw",
        title: "撤回的原因",
        label: "撤回",
        explanation: "撤回后报告回到编制中，可以继续修改，再重新提交。原因会告知原定的审核人。",
        done: "已撤回，可以继续修改。",
      };
    case "decline_take_down":
      return {
        path: "/take-down/decline",
        title: "不同意撤下的理由",
        label: "不同意撤下",
        explanation: "报告继续公开。理由会告知申请人和本部门，并记入办理记录。",
        body: { askedAt: report.takeDownAsked?.at },
        done: "已答复申请人，报告继续公开。",
      };
    case "undo_approval":
      return {
        path: "/undo-approval",
        title: "撤销批复的原因",
        label: "撤销批复",
        explanation: "这一版本不再公开，报告退回编制人修改后重新逐级审核。已经公开的版本不受影响。",
        // The act is about the very submission on the screen.
        body: { editionHash: report.editionHash },
        done: "已撤销批复。",
      };
  }
}

/** The buttons of the moment: exactly what the server allows this person now. */
export function ReportActions({ report }: { report: ReportView }) {
  const [open, setOpen] = useState<"approve" | "return" | DialogAct>();
  const may = (action: ReportAction) => report.allowedActions.includes(action);
  const close = () => setOpen(undefined);
  const { guard, dialog } = useUnsentGuard(report);
  return (
    <div className="report-actions">
      {may("submit") && <Submit report={report} />}
      {may("sign_off_secrecy") && <SignOff report={report} kind="secrecy" />}
      {may("sign_off_principal") && <SignOff report={report} kind="principal" />}
      {may("approve") && (
        <Button
          type="primary"
          data-act="approve"
          onClick={() =>
            void guard(report.stage === "bureau" ? "批复" : "通过", () => setOpen("approve"), {
              ...{ handsOn: true, gathers: true },
            })
          }
        >
          {report.stage === "bureau" ? "批复" : "审核通过"}
        </Button>
      )}
      {may("return") && (
        <Button
          danger
          data-act="return"
          onClick={() =>
            void guard("退回", () => setOpen("return"), { handsOn: true, gathers: true })
          }
        >
          退回
        </Button>
      )}
      {may("retry_publication") && <RetryPublication report={report} />}
      {(Object.keys(dialogActs) as DialogAct[]).map(
        (action) =>
          may(action) && (
            <Button
              key={action}
              danger={action === "take_down"}
              type={action === "take_down" ? "primary" : "default"}
              onClick={() => setOpen(action)}
            >
              {dialogActs[action]}
            </Button>
          ),
      )}
      {dialog}
      {open !== undefined && <ActDialog act={open} report={report} onClose={close} />}
    </div>
  );
}

function ActDialog({
  act,
  ...props
}: {
  readonly act: "approve" | "return" | DialogAct;
  readonly report: ReportView;
  readonly onClose: () => void;
}) {
  switch (act) {
    case "approve":
      return <ApproveDialog {...props} />;
    case "return":
      return <ReturnDialog {...props} />;
    case "correct":
      return <CorrectDialog {...props} />;
    case "ask_take_down":
      return <AskTakeDownDialog {...props} />;
    case "take_down":
      return <ConfirmTakeDownDialog {...props} />;
    case "withdraw_take_down":
      return <WithdrawTakeDownDialog {...props} />;
    case "withdraw":
    case "decline_take_down":
    case "undo_approval":
      return <ReasonDialog {...props} act={reasonedAct(act, props.report)} />;
  }
}

function Submit({ report }: { report: ReportView }) {
  const navigate = useNavigate();
  const { api, drafts } = useSigned();
  const [checking, setChecking] = useState(false);
  /** What was found in the way of handing it in. */
  const [blocked, setBlocked] = useState<Pick<FindingsView, "blocking" | "findings">>();
  const { guard, dialog } = useUnsentGuard(report);
  const act = useAct(report.id, "/submit", "reportResponse", "已提交审核。");
  const threads = useThreads(report.id);
  const unanswered = (threads.data?.items ?? []).filter(({ status }) => status === "open").length;
  const submit = async () => {
    setChecking(true);
    try {
      const { blocking, findings } = await api.get(
        `/reports/${report.id}/findings`,
        "findingsResponse",
      );
      if (blocking === 0) {
        modal.confirm({
          icon: null,
          title: "提交审核",
          content: (
            <>
              <SubmitDoubts report={report} unanswered={unanswered} />
              <p>提交后报告转入审核，审核期间不能修改；在上一级处理之前可以撤回。</p>
            </>
          ),
          okText: isUnchanged(report) || unanswered > 0 ? "仍然提交" : "提交",
          onOk: async () => {
            // Another tab of this person may have been typed in since.
            if (await drafts.flush(report.id)) await act.mutateAsync({}).catch(() => undefined);
            else void guard("提交", () => void submit());
          },
        });
        return;
      }
      setBlocked({ blocking, findings: findings.filter(isOpen) });
    } catch (error) {
      modal.warning({ title: "没有提交", content: refusalText(error) });
    } finally {
      setChecking(false);
    }
  };
  return (
    <>
      <Button
        type="primary"
        loading={checking || act.isPending}
        onClick={() => void guard("提交", () => void submit())}
      >
        提交审核
      </Button>
      {dialog}
      {blocked !== undefined && (
        <OpenFindingsDialog
          {...blocked}
          onClose={() => setBlocked(undefined)}
          onGo={(finding) => {
            setBlocked(undefined);
            const href = placeHref(report.id, finding) ?? `/reports/${report.id}/findings`;
            void navigate({ href });
          }}
        />
      )}
    </>
  );
}

/** Handed in again as it was returned. */
const isUnchanged = ({ state, editionHash }: ReportView): boolean =>
  state.status === "draft" &&
  state.returned !== undefined &&
  state.lastReview?.editionHash === editionHash;

/** What speaks against handing a returned report in again as it is; whoever submits decides. */
function SubmitDoubts({ report, unanswered }: { report: ReportView; unanswered: number }) {
  if (!isUnchanged(report) && unanswered === 0) return null;
  return (
    <div className="notice warning">
      {isUnchanged(report) && <p>内容与退回时完全相同，没有任何修改。</p>}
      {unanswered > 0 && <p>还有 {unanswered} 条审核意见没有答复。</p>}
    </div>
  );
}

/** 重试公开: printing and publishing begin anew. */
function RetryPublication({ report }: { report: ReportView }) {
  const act = useAct(report.id, "/retry-publication", "reportResponse", "已重新开始排印和公开。");
  return (
    <Button type="primary" loading={act.isPending} onClick={() => act.mutate({})}>
      重试公开
    </Button>
  );
}
