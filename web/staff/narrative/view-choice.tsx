import type { View } from "./use-view.ts";

const names = { text: "文字", page: "印出的页面", details: "出处与意见" } as const;

/** Which of the views is in sight; the text is one of them where there is no room for two. */
export function ViewChoice({
  isWide,
  shown,
  onShow,
}: {
  isWide: boolean;
  shown: View;
  onShow: (view: View) => void;
}) {
  const views: readonly View[] = isWide ? ["page", "details"] : ["text", "page", "details"];
  return (
    <div className="view-choice" role="group" aria-label={isWide ? "文字旁边" : "显示"}>
      {views.map((view) => (
        <button key={view} type="button" aria-pressed={view === shown} onClick={() => onShow(view)}>
          {names[view]}
        </button>
      ))}
    </div>
  );
}
