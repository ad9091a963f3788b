import { Button } from "antd";
import { localTime } from "../app/words.ts";
import type { SaveState } from "../editing/section-draft.ts";

interface Shown {
  readonly state: SaveState;
  readonly pointer: { readonly at: string; readonly byName: string } | undefined;
  /** Texts that are no figure and so are not stored. */
  readonly unreadable: ReadonlyMap<string, string>;
  readonly isAtRisk: boolean;
  readonly retry: () => void;
}

/** 已保存 hh:mm · 正在保存 · 未保存: always in sight while somebody types. */
export function SaveStatus({ editor }: { editor: Shown }) {
  return (
    <span className="save-status">
      <SaveWords {...editor} />
      {editor.unreadable.size > 0 && (
        <span className="late" role="status">
          {editor.unreadable.size} 处填写有误，尚未存入
        </span>
      )}
      {editor.isAtRisk && (
        <span className="late" role="alert">
          浏览器不能在本机留存草稿，保存之前请勿关闭页面
        </span>
      )}
    </span>
  );
}

function SaveWords({ state, pointer, retry }: Shown) {
  switch (state.kind) {
    case "untouched":
      return (
        <span className="quiet" role="status">
          {pointer === undefined
            ? "尚未填写"
            : `${pointer.byName} ${localTime(pointer.at).slice(5)} 保存`}
        </span>
      );
    case "saved":
      return (
        <span className="quiet" role="status">
          已保存 {localTime(state.at).slice(-5)}
        </span>
      );
    case "dirty":
    case "saving":
      return (
        <span className="quiet" role="status">
          {state.kind === "saving" ? "正在保存…" : "有改动，即将保存…"}
        </span>
      );
    case "other_tab":
      return (
        <span className="quiet" role="status">
          正在另一个标签页中修改
        </span>
      );
    case "conflict":
      return (
        <span className="late" role="status">
          与他人的修改冲突，尚未保存
        </span>
      );
    case "refused":
      return (
        <span className="late" role="status">
          未保存
        </span>
      );
    case "offline":
    case "unavailable":
      return (
        <span className="late" role="alert">
          {state.kind === "offline" ? "连接中断" : "服务暂时不能保存"}，改动保存在本机，稍后自动重试{" "}
          <Button size="small" onClick={retry}>
            立即重试
          </Button>
        </span>
      );
  }
}
