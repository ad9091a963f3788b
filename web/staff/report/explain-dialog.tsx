import { Input } from "antd";
import { useId } from "react";
import type { FindingView } from "../../../shared/contract/responses.ts";
import { refusalText, useExplain } from "../api/queries.ts";
import { WritingDialog } from "../app/writing-dialog.tsx";
import { useKeptText } from "../editing/use-kept-text.ts";
import { explanationPlace } from "./text-places.ts";

/** Asks for the reason of a warning; why one is refused is shown below what was typed. */
export function ExplainDialog({
  reportId,
  finding,
  onExplained,
  onClose,
}: {
  reportId: string;
  finding: FindingView;
  onExplained?: ((finding: FindingView) => void) | undefined;
  onClose: () => void;
}) {
  const { explanation, voided, suggested = "" } = finding;
  const kept = useKeptText(
    reportId,
    explanationPlace(finding),
    explanation?.reason ?? voided?.reason ?? suggested,
  );
  const { text } = kept;
  const explain = useExplain(reportId);
  const help = useId();
  const refused = explain.isError ? refusalText(explain.error) : undefined;
  return (
    <WritingDialog
      isWritten={kept.isWritten}
      onDiscard={kept.clear}
      title="填写说明"
      okText="保存说明"
      cancelText="取消"
      confirmLoading={explain.isPending}
      onClose={onClose}
      onOk={() =>
        void explain.mutateAsync({ finding: finding.id ?? "", reason: text }).then(
          () => {
            kept.clear();
            onExplained?.(finding);
            onClose();
          },
          () => undefined, // The refusal is shown below the text.
        )
      }
    >
      <p className="finding-words">{finding.message}</p>
      {voided !== undefined && (
        <p className="notice warning">
          数字已变，{voided.byName}的原说明已失效；仍然适用的，核对后保存即可。
        </p>
      )}
      <Input.TextArea
        autoFocus
        rows={4}
        maxLength={2_000}
        aria-label="说明"
        aria-describedby={help}
        aria-invalid={refused !== undefined}
        status={refused === undefined ? "" : "error"}
        value={text}
        onChange={(event) => {
          kept.write(event.target.value);
          explain.reset();
        }}
      />
      <div id={help}>
        {refused === undefined ? (
          <p className="quiet">
            写明是什么事项、发生了什么变化。“据实列支”“工作需要”“预算执行情况良好”等放在哪里都适用的话不算说明。
            {finding.slot !== undefined && "这项说明同时写入决算情况说明的“主要原因”。"}
          </p>
        ) : (
          <p className="refused" role="alert">
            {refused}
          </p>
        )}
      </div>
    </WritingDialog>
  );
}
