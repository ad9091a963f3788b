import { Button } from "antd";
import { localTime } from "../app/words.ts";
import type { SaveState } from "./use-section-editor.ts";

/** 已保存 hh:mm · 保存中 · 未保存: always in sight while somebody types. */
export function SaveStatus({ state, retry }: { state: SaveState; retry: () => void }) {
  switch (state.kind) {
    case "saved":
      return (
        <span className="quiet" role="status">
          {state.at === undefined ? "" : `已保存 ${localTime(state.at).slice(-5)}`}
        </span>
      );
    case "dirty":
      return (
        <span className="quiet" role="status">
          有改动，即将保存…
        </span>
      );
    case "saving":
      return (
        <span className="quiet" role="status">
          保存中…
        </span>
      );
    case "refused":
      return (
        <span className="late" role="alert">
          未保存：{state.message}
        </span>
      );
    case "offline":
      return (
        <span className="late" role="alert">
          连接中断，改动保存在本机。
          <Button size="small" onClick={retry}>
            重试
          </Button>
        </span>
      );
  }
}
