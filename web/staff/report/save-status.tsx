import { Button } from "antd";
import { localTime } from "../app/words.ts";
import type { SaveState } from "../editing/section-draft.ts";

/** 已保存 hh:mm · 正在保存 · 未保存: always in sight while somebody types. */
export function SaveStatus({
  editor: { state, pointer, retry },
}: {
  editor: {
    readonly state: SaveState;
    readonly pointer: { readonly at: string; readonly byName: string } | undefined;
    readonly retry: () => void;
  };
}) {
  switch (state.kind) {
    case "untouched":
      return (
        <span className="quiet save-status" role="status">
          {pointer === undefined
            ? "尚未填写"
            : `${pointer.byName} ${localTime(pointer.at).slice(5)} 保存`}
        </span>
      );
    case "saved":
      return (
        <span className="quiet save-status" role="status">
          已保存 {localTime(state.at).slice(-5)}
        </span>
      );
    case "dirty":
    case "saving":
    case "conflict":
      return (
        <span className="quiet save-status" role="status">
          {state.kind === "saving" ? "正在保存…" : "有改动，即将保存…"}
        </span>
      );
    case "refused":
      return (
        <span className="late save-status" role="status">
          未保存
        </span>
      );
    case "offline":
    case "unavailable":
      return (
        <span className="late save-status" role="alert">
          {state.kind === "offline" ? "连接中断" : "服务暂时不能保存"}，改动保存在本机，稍后自动重试{" "}
          <Button size="small" onClick={retry}>
            立即重试
          </Button>
        </span>
      );
  }
}
