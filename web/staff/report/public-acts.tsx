import { Form, Input, Modal } from "antd";
import { useId } from "react";
import type { ReportView } from "../../../shared/contract/responses.ts";
import { correctionNotice, takeDownNotice } from "../../../shared/disclosure/public-notices.ts";
import { publicationOf, takeDownAskedOf } from "../../../shared/workflow/transitions.ts";
import { useAct } from "../api/queries.ts";
import { WritingDialog } from "../app/writing-dialog.tsx";
import { localTime } from "../app/words.ts";
import { PublicNoticeBox } from "./public-notice.tsx";
import { missingProps, stays, useVerdictText } from "./verdict-text.ts";

/** 更正 and 撤下: acts on what is public, which show beforehand what the public will read. */

interface DialogProps {
  readonly report: ReportView;
  readonly onClose: () => void;
}

const willRead = "公众将看到";
/** Stands for what is not written yet. */
const toWrite = (text: string) => (text === "" ? "……" : text);

export function CorrectDialog({ report, onClose }: DialogProps) {
  const act = useAct(report.id, "/correct", "reportResponse", "已开始更正，可以修改了。");
  const reason = useVerdictText(report.id, "更正//");
  const number = (publicationOf(report.state)?.number ?? 0) + 1;
  return (
    <WritingDialog
      {...reason.dialog}
      title="更正已公开的决算"
      okText="开始更正"
      confirmLoading={act.isPending}
      onClose={onClose}
      onOk={() =>
        reason.act(
          (text) =>
            void act.mutateAsync({ reason: text }).then(reason.kept.clear, stays).finally(onClose),
        )
      }
    >
      <p>
        现在只是开始修改，已公开的版本不变。更正的版本重新逐级审核、由财政部门批复以后才公开，每一级都由不同的人办理。
      </p>
      <Form layout="vertical">
        <PublicField
          label="更正原因（公开）"
          written={reason}
          missing="请写明更正什么、为什么更正"
        />
      </Form>
      <PublicNoticeBox
        heading={`${willRead}（更正版本公开之时，并列出更正前后的每一处）`}
        notice={correctionNotice({ number, reason: toWrite(reason.text) })}
      />
    </WritingDialog>
  );
}

/** What the public will read, so it must be written. */
function PublicField({
  label,
  written,
  missing,
  placeholder,
}: {
  label: string;
  written: ReturnType<typeof useVerdictText>;
  missing: string;
  placeholder?: string;
}) {
  const id = useId();
  return (
    <Form.Item label={label} htmlFor={id} required {...missingProps(written.isMissing, missing)}>
      <Input.TextArea
        id={id}
        rows={2}
        maxLength={2_000}
        placeholder={placeholder}
        value={written.kept.text}
        onChange={(event) => written.kept.write(event.target.value)}
      />
    </Form.Item>
  );
}

export function AskTakeDownDialog({ report, onClose }: DialogProps) {
  const act = useAct(report.id, "/take-down", "reportResponse", "已申请，等财政部门的另一人确认。");
  const legalBasis = useVerdictText(report.id, "撤下依据//");
  const summary = useVerdictText(report.id, "撤下说明//");
  const send = () =>
    void act
      .mutateAsync({ legalBasis: legalBasis.text, summary: summary.text })
      .then(() => {
        legalBasis.kept.clear();
        summary.kept.clear();
      }, stays)
      .finally(onClose);
  return (
    <WritingDialog
      isWritten={legalBasis.kept.isWritten || summary.kept.isWritten}
      onDiscard={() => {
        legalBasis.kept.clear();
        summary.kept.clear();
      }}
      title="申请撤下已公开的决算"
      okText="提出申请"
      confirmLoading={act.isPending}
      onClose={onClose}
      onOk={() => {
        // Both are marked where both are missing.
        legalBasis.act(() => undefined);
        summary.act(() => legalBasis.act(send));
      }}
    >
      <p>
        撤下不可恢复，须由财政部门的另一人确认；确认以前报告继续公开，您可以撤回申请。数字有误时请用“更正”。
      </p>
      <Form layout="vertical">
        <PublicField
          label="法律依据（公开）"
          written={legalBasis}
          missing="请写明法律、法规的名称和条款"
          placeholder="例如：《中华人民共和国政府信息公开条例》第十四条"
        />
        <PublicField
          label="撤下说明（公开）"
          written={summary}
          missing="请用一句话向公众说明为什么撤下"
          placeholder="不要写出不宜公开的内容本身"
        />
      </Form>
      <PublicNoticeBox
        heading={`${willRead}（报告的全部内容和文件都从原地址移除）`}
        notice={takeDownNotice({
          legalBasis: toWrite(legalBasis.text),
          summary: toWrite(summary.text),
        })}
      />
    </WritingDialog>
  );
}

export function ConfirmTakeDownDialog({ report, onClose }: DialogProps) {
  const act = useAct(report.id, "/take-down/confirm", "reportResponse", "已撤下。");
  const asked = takeDownAskedOf(report.state);
  if (asked === undefined) return null;
  return (
    <Modal
      open
      title="确认撤下"
      okText="确认撤下"
      okButtonProps={{ danger: true }}
      confirmLoading={act.isPending}
      onCancel={onClose}
      onOk={() => {
        act.mutate({ askedAt: asked.at }, { onSettled: onClose });
      }}
    >
      <p>
        {asked.byName}于 {localTime(asked.at)}{" "}
        申请撤下。确认后报告的全部内容和文件从公开网站移除，不可恢复。
      </p>
      <PublicNoticeBox heading={willRead} notice={takeDownNotice(withoutTime(asked))} />
    </Modal>
  );
}

/** The public reads when it was done, not when it was asked for. */
const withoutTime = ({ legalBasis, summary }: { legalBasis: string; summary: string }) => ({
  legalBasis,
  summary,
});

/** 撤回撤下申请. */
export function WithdrawTakeDownDialog({ report, onClose }: DialogProps) {
  const act = useAct(report.id, "/take-down/withdraw", "reportResponse", "申请已撤回。");
  return (
    <Modal
      open
      title="撤回撤下申请"
      okText="撤回申请"
      confirmLoading={act.isPending}
      onCancel={onClose}
      onOk={() => {
        act.mutate({ askedAt: report.takeDownAsked?.at }, { onSettled: onClose });
      }}
    >
      <p>报告继续公开，不再等待确认。</p>
    </Modal>
  );
}
