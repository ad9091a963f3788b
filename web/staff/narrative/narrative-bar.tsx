import { Button } from "antd";
import { SaveStatus } from "../report/save-status.tsx";
import type { NarrativeText } from "./use-narrative-text.ts";
import type { NarrativeEditor } from "./use-narrative-writing.ts";

/** The head of the narrative: how it is saved, and what is still to be done, each leading to the next such sentence. */
export function NarrativeBar({
  editor,
  text,
  selected,
  onGo,
  onRebuild,
}: {
  editor: NarrativeEditor;
  text: NarrativeText;
  selected: string | undefined;
  onGo: (id: string) => void;
  onRebuild: () => void;
}) {
  const { missing, unexplained, unbound, order, rewordings } = text;
  const behind = order.indexOf(selected ?? "");
  const next = (ids: readonly string[]) => ids.find((id) => order.indexOf(id) > behind) ?? ids[0];
  const queues = [
    [missing, `还有 ${String(missing.length)} 句待补充`],
    [unexplained, `还有 ${String(unexplained.length)} 句需要说明`],
    [unbound, `${String(unbound.length)} 个数字没有取自报表`],
  ] as const;
  return (
    <div className="part-bar">
      <h2>决算情况说明</h2>
      <SaveStatus editor={editor} />
      {queues.map(([ids, words]) => {
        const id = next(ids);
        return (
          id !== undefined && (
            <Button key={words} size="small" onClick={() => onGo(id)}>
              {words}
            </Button>
          )
        );
      })}
      {editor.editable && rewordings.size > 0 && (
        <Button size="small" onClick={onRebuild}>
          全部重新生成
        </Button>
      )}
    </div>
  );
}
