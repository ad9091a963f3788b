import { Form, Input, Select } from "antd";
import { useId, useState } from "react";
import type { ReportView } from "../../../shared/contract/responses.ts";
import { shanghaiDay } from "../../../shared/workflow/deadlines.ts";
import { stageBelow } from "../../../shared/workflow/decide.ts";
import { stageName } from "../../../shared/workflow/names.ts";
import { useAct, useSeenVersion } from "../api/queries.ts";
import { WritingDialog } from "../app/writing-dialog.tsx";
import { DraftedRemarks, reasonFrom, useDraftedRemarks } from "../review/drafted-remarks.tsx";
import { useNextReport } from "../review/next-report.ts";
import { missingProps, stays, useVerdictText } from "./verdict-text.ts";

/** The acts that need a word with them: a number, a reason, a basis. */

interface DialogProps {
  readonly report: ReportView;
  readonly onClose: () => void;
}

export function ApproveDialog({ report, onClose }: DialogProps) {
  const isFinal = report.stage === "bureau";
  const seenVersion = useSeenVersion(report);
  const act = useAct(
    report.id,
    "/approve",
    "reportResponse",
    isFinal ? "已批复。" : "已审核通过。",
  );
  const number = useVerdictText(report.id, "approval//");
  const next = useNextReport(report);
  const [id, dayId] = [useId(), useId()];
  const today = shanghaiDay(new Date().toISOString());
  const [approvedOn, setApprovedOn] = useState(today);
  const { editionHash } = report;
  // One that has to be settled first would keep the report from passing.
  const remarks = useDraftedRemarks(report, false);
  const approve = (documentNumber?: string) =>
    void act
      .mutateAsync({
        ...{ editionHash, seenVersion, remarks: remarks.sent },
        ...(documentNumber === undefined ? {} : { documentNumber, approvedOn }),
      })
      .then(() => {
        number.kept.clear();
        remarks.clear();
        next.open();
      }, stays)
      .finally(onClose);
  const onOk = () => (isFinal ? number.act(approve) : approve());
  return (
    <WritingDialog
      {...number.dialog}
      title={isFinal ? "批复决算" : "审核通过"}
      okText={isFinal ? "批复" : "通过"}
      okButtonProps={{ autoFocus: !isFinal }}
      confirmLoading={act.isPending}
      onClose={onClose}
      onOk={onOk}
    >
      <p>
        {isFinal
          ? "批复后自动排印 PDF 并在门户公开；法定期限为批复之日起 20 日内。"
          : "通过后报告送交上一级审核。"}
      </p>
      <DraftedRemarks remarks={remarks} mayBlock={false} />
      {isFinal && (
        <Form layout="vertical">
          <Form.Item
            label="批复文号"
            htmlFor={id}
            required
            {...missingProps(number.isMissing, "请填写批复文号")}
          >
            <Input
              id={id}
              autoComplete="off"
              placeholder="例如：景财决〔2023〕12号"
              maxLength={80}
              value={number.kept.text}
              onChange={(event) => number.kept.write(event.target.value)}
              onPressEnter={onOk}
            />
          </Form.Item>
          <Form.Item label="批复日期" htmlFor={dayId} extra="法定公开期限从这一天起算。">
            <Input
              id={dayId}
              type="date"
              max={today}
              required
              value={approvedOn}
              onChange={({ target }) => {
                setApprovedOn(target.value === "" ? today : target.value);
              }}
            />
          </Form.Item>
        </Form>
      )}
    </WritingDialog>
  );
}

export function ReturnDialog({ report, onClose }: DialogProps) {
  const seenVersion = useSeenVersion(report);
  const act = useAct(report.id, "/return", "reportResponse", "已退回。");
  const reason = useVerdictText(report.id, "return//");
  const next = useNextReport(report);
  const [to, setTo] = useState<"preparer" | "level_below">("preparer");
  const [toId, reasonId] = [useId(), useId()];
  const { editionHash } = report;
  const remarks = useDraftedRemarks(report, true);
  const below = report.stage && stageBelow(report.kind, report.stage);
  const fromRemarks = reasonFrom(remarks.all.filter(remarks.isSent));
  return (
    <WritingDialog
      {...reason.dialog}
      title="退回修改"
      okText="退回"
      okButtonProps={{ danger: true }}
      confirmLoading={act.isPending}
      onClose={onClose}
      onOk={() =>
        reason.act(
          (text) =>
            void act
              .mutateAsync({ to, reason: text, editionHash, seenVersion, remarks: remarks.sent })
              .then(() => {
                reason.kept.clear();
                remarks.clear();
                next.open();
              }, stays)
              .finally(onClose),
          fromRemarks,
        )
      }
    >
      <Form layout="vertical">
        <Form.Item label="退回到" htmlFor={toId}>
          <Select
            id={toId}
            value={to}
            onChange={setTo}
            options={[
              { value: "preparer", label: "编制人：修改后重新提交" },
              ...(below === undefined
                ? []
                : [{ value: "level_below", label: `退回${stageName[below]}：重新审核` }]),
            ]}
          />
        </Form.Item>
        <DraftedRemarks remarks={remarks} mayBlock />
        <Form.Item
          label="退回原因"
          htmlFor={reasonId}
          required={fromRemarks === ""}
          {...missingProps(reason.isMissing, "请写明哪里不对、应当如何修改")}
        >
          <Input.TextArea
            id={reasonId}
            rows={4}
            maxLength={2_000}
            placeholder={
              fromRemarks === "" ? undefined : `不填写时即以所列意见为原因：\n${fromRemarks}`
            }
            value={reason.kept.text}
            onChange={(event) => reason.kept.write(event.target.value)}
          />
        </Form.Item>
      </Form>
    </WritingDialog>
  );
}

/** An act that asks for its reason and nothing else: 撤回, 撤销批复, 不同意撤下. */
export interface ReasonedAct {
  readonly path: string;
  readonly title: string;
  readonly label: string;
  /** What it does, and who reads the reason. */
  readonly explanation: string;
  /** What the act names besides its reason. */
  readonly body?: Readonly<Record<string, unknown>>;
  readonly done: string;
}

export function ReasonDialog({
  report,
  onClose,
  act: { path, title, label, explanation, body, done },
}: DialogProps & { readonly act: ReasonedAct }) {
  const act = useAct(report.id, path, "reportResponse", done);
  const reason = useVerdictText(report.id, `${label}//`);
  return (
    <WritingDialog
      {...reason.dialog}
      title={title}
      okText={label}
      okButtonProps={{ disabled: reason.text.length < 2 }}
      confirmLoading={act.isPending}
      onClose={onClose}
      onOk={() =>
        void act
          .mutateAsync({ ...body, reason: reason.text })
          .then(reason.kept.clear, stays)
          .finally(onClose)
      }
    >
      <p>{explanation}</p>
      <Input.TextArea
        rows={4}
        maxLength={2_000}
        aria-label={title}
        value={reason.kept.text}
        onChange={(event) => reason.kept.write(event.target.value)}
      />
    </WritingDialog>
  );
}
