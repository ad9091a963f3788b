import { Button } from "antd";
import { useRef } from "react";
import { message } from "../app/feedback.tsx";

/** Long enough to notice, read and decide. */
const noticeSeconds = 12;

/**
 * Says in a notice what was done and offers for some seconds to take it back. `revert` answers false where what was
 * changed since stands in the way.
 */
export function useUndoNotice(): (words: string, revert: () => boolean) => void {
  const count = useRef(0);
  return (words, revert) => {
    count.current += 1;
    const key = `undo-${String(count.current)}`;
    const undo = () => {
      message.destroy(key);
      if (!revert()) message.warning("之后又有改动，不能撤销。");
    };
    message.open({
      key,
      duration: noticeSeconds,
      content: (
        <>
          {words}
          <Button type="link" size="small" onClick={undo}>
            撤销
          </Button>
        </>
      ),
    });
  };
}
