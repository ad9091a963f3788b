import type { ModalFuncProps } from "antd";

/** Asks before a text is given up; whoever answers by Esc or Enter keeps it. */
export const giveUpQuestion = ({
  title,
  content,
  keep,
  onGiveUp,
}: {
  readonly title: string;
  readonly content: string;
  /** The way back: 继续填写, 保留. */
  readonly keep: string;
  readonly onGiveUp: () => void;
}): ModalFuncProps => ({
  icon: null,
  title,
  content,
  okText: "放弃",
  okButtonProps: { danger: true },
  cancelText: keep,
  focusable: { autoFocusButton: "cancel" },
  onOk: onGiveUp,
});
