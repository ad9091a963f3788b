import { Modal, type ModalProps } from "antd";
import { useRef, useState } from "react";
import { modal as question } from "./feedback.tsx";
import { giveUpQuestion } from "./give-up-question.ts";

/**
 * A dialog in which somebody writes: Esc, a click beside it and its buttons ask before a written text is given
 * up. The text itself is kept on this machine by its writer (`useKeptText`), so a reload loses nothing either.
 */
export function WritingDialog({
  isWritten,
  onDiscard,
  onClose,
  children,
  ...modal
}: Omit<ModalProps, "open" | "onCancel"> & {
  /** It has text that would be lost. */
  isWritten: boolean;
  onDiscard: () => void;
  onClose: () => void;
}) {
  const [wasKept] = useState(isWritten);
  /** Where the writing goes on: a click beside the dialog took the focus away before the question. */
  const field = useRef<HTMLElement>(null);
  const leave = () => {
    if (!isWritten) {
      onClose();
      return;
    }
    question.confirm({
      ...giveUpQuestion({
        title: "放弃已填写的内容？",
        content: "填写的内容还没有提交，放弃后不能恢复。",
        keep: "继续填写",
        onGiveUp: () => {
          onDiscard();
          onClose();
        },
      }),
      afterClose: () => field.current?.focus(),
    });
  };
  return (
    <Modal open {...modal} onCancel={leave}>
      <div
        onFocus={({ target }) => {
          field.current = target;
        }}
      >
        {wasKept && (
          <p className="kept-note" role="status">
            已恢复上次没有提交的内容
          </p>
        )}
        {children}
      </div>
    </Modal>
  );
}
