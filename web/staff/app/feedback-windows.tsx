// eslint-disable-next-line no-restricted-imports -- The one place where they are loaded.
import { message as messages, Modal } from "antd";
import { useEffect, useEffectEvent } from "react";
import type { Feedback } from "./feedback.tsx";

/** Messages and questions in the app's theme and language. */
export function FeedbackWindows({ onReady }: { onReady: (feedback: Feedback) => void }) {
  const [message, messagesShown] = messages.useMessage();
  const [modal, modalsShown] = Modal.useModal();
  const open = useEffectEvent(() => onReady({ message, modal }));
  useEffect(() => open(), []);
  return (
    <>
      {messagesShown}
      {modalsShown}
    </>
  );
}
