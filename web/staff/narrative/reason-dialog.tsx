import { Input } from "antd";
import type { Narrative } from "../../../shared/report/sections.ts";
import { WritingDialog } from "../app/writing-dialog.tsx";
import { withText } from "../editing/narrative-edit.ts";
import { useKeptText } from "../editing/use-kept-text.ts";
import type { Blank } from "./blank.ts";

export function ReasonDialog({
  report,
  writing: { kind, key, about },
  narrative,
  earlier,
  onClose,
  onWrite,
}: {
  report: string;
  writing: Blank;
  narrative: Narrative;
  /** Text to start from when the field is empty. */
  earlier: string | undefined;
  onClose: () => void;
  onWrite: (narrative: Narrative) => void;
}) {
  const before = narrative[kind][key] ?? "";
  const kept = useKeptText(
    report,
    `${kind}/narrative/${key}`,
    before === "" ? (earlier ?? "") : before,
  );
  const { text } = kept;
  const write = () => {
    onWrite(withText(narrative, kind, key, text.trim()));
    kept.clear();
    onClose();
  };
  return (
    <WritingDialog
      isWritten={kept.isWritten}
      onDiscard={kept.clear}
      title={about}
      okText="写入"
      okButtonProps={{ disabled: text === before }}
      onClose={onClose}
      onOk={write}
    >
      <Input.TextArea
        autoFocus
        rows={5}
        aria-label={about}
        placeholder="写明具体事由，不必重复金额，句末不加句号"
        value={text}
        onChange={(event) => kept.write(event.target.value)}
      />
    </WritingDialog>
  );
}
