import { useNavigate } from "@tanstack/react-router";
import { App, Button, Modal } from "antd";
import { useState } from "react";
import {
  findingsResponse,
  reportResponse,
  type FindingsView,
  type FindingView,
  type ReportAction,
  type ReportView,
} from "../../../shared/contract/responses.ts";
import { refusalText, useAct, useThreads } from "../api/queries.ts";
import { lazyPart } from "../app/lazy-part.tsx";
import { useSigned } from "../app/session-context.ts";
import {
  findingStateName,
  isOpen,
  openCounts,
  openWords,
  placeHref,
  stateOf,
} from "./finding-place.ts";
import { useUnsentGuard } from "./use-unsent-guard.tsx";

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

const reasoned = {
  correct: { path: "/correct", field: "reason", title: "更正原因", label: "更正" },
  take_down: { path: "/take-down", field: "legalBasis", title: "撤下依据", label: "撤下" },
  undo_approval: {
    path: "/undo-approval",
    field: "reason",
    title: "撤销批复的原因",
    label: "撤销批复",
    namesSubmission: true,
  },
} as const;

/** The buttons of the moment: exactly what the server allows this person now. */
export function ReportActions({ report }: { report: ReportView }) {
  const [open, setOpen] = useState<"approve" | "return" | keyof typeof reasoned>();
  const may = (action: ReportAction) => report.allowedActions.includes(action);
  const close = () => setOpen(undefined);
  const { guard, dialog } = useUnsentGuard(report);
  return (
    <div className="report-actions">
      {may("submit") && <Submit report={report} />}
      {may("withdraw") && <Withdraw report={report} />}
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
      {(["correct", "take_down", "undo_approval"] as const).map(
        (action) =>
          may(action) && (
            <Button key={action} onClick={() => setOpen(action)}>
              {reasoned[action].label}
            </Button>
          ),
      )}
      {dialog}
      {open === "approve" && <ApproveDialog report={report} onClose={close} />}
      {open === "return" && <ReturnDialog report={report} onClose={close} />}
      {(open === "correct" || open === "take_down" || open === "undo_approval") && (
        <ReasonDialog report={report} onClose={close} act={reasoned[open]} />
      )}
    </div>
  );
}

/** What keeps a report from being handed in, each a way to its place. */
function OpenFindings({
  findings,
  onGo,
}: {
  findings: readonly FindingView[];
  onGo: (finding: FindingView) => void;
}) {
  return (
    <>
      {findings.length > 0 && (
        <p>{openWords(openCounts(findings))}。点开任何一条，到它所在的位置处理：</p>
      )}
      <ul className="fault-list" tabIndex={0} aria-label="问题清单">
        {findings.map((finding, index) => (
          <li key={finding.id ?? index}>
            <button type="button" className="link" onClick={() => onGo(finding)}>
              <strong>{findingStateName[stateOf(finding)]}</strong> {finding.message}
            </button>
          </li>
        ))}
      </ul>
      <p>没有列出的和未能执行的审核公式，见“审核结果”。</p>
    </>
  );
}

function Submit({ report }: { report: ReportView }) {
  const { modal } = App.useApp();
  const navigate = useNavigate();
  const { api, drafts } = useSigned();
  const [checking, setChecking] = useState(false);
  /** What was found in the way of handing it in. */
  const [blocked, setBlocked] = useState<Pick<FindingsView, "blocking" | "findings">>();
  const { guard, dialog } = useUnsentGuard(report);
  const act = useAct(report.id, "/submit", reportResponse, "已提交审核。");
  const threads = useThreads(report.id);
  const unanswered = (threads.data?.items ?? []).filter(({ status }) => status === "open").length;
  const submit = async () => {
    setChecking(true);
    try {
      const { blocking, findings } = await api.get(
        `/reports/${report.id}/findings`,
        findingsResponse,
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
        <Modal
          open
          width={680}
          title={`还有 ${String(blocked.blocking)} 处须改正或补充，不能提交`}
          footer={
            <Button type="primary" onClick={() => setBlocked(undefined)}>
              知道了
            </Button>
          }
          onCancel={() => setBlocked(undefined)}
        >
          <OpenFindings
            findings={blocked.findings}
            onGo={(finding) => {
              setBlocked(undefined);
              const href = placeHref(report.id, finding) ?? `/reports/${report.id}/findings`;
              void navigate({ href });
            }}
          />
        </Modal>
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
  const act = useAct(report.id, "/retry-publication", reportResponse, "已重新开始排印和公开。");
  return (
    <Button type="primary" loading={act.isPending} onClick={() => act.mutate({})}>
      重试公开
    </Button>
  );
}

function Withdraw({ report }: { report: ReportView }) {
  const act = useAct(report.id, "/withdraw", reportResponse, "已撤回，可以继续修改。");
  return (
    <Button loading={act.isPending} onClick={() => act.mutate({})}>
      撤回
    </Button>
  );
}
