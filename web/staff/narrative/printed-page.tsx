import { Button } from "antd";
import {
  useEffect,
  useEffectEvent,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
  type RefObject,
} from "react";
import { narrativePages, type NarrativePages } from "../../../shared/document/narrative-pages.ts";
import type { WrittenNarrative } from "../../../shared/narrative/written.ts";
import type { Report } from "../../../shared/report/report.ts";
import { pageFrame, pageHeightPx, pageHtml, pageWidthPx, type PageFrame } from "./page-frame.ts";

/**
 * The narrative as it will be printed, page by page, at the sentence at hand. The frame runs no program and fetches
 * nothing; what people typed is text in it.
 */
export function PrintedPage({
  whole,
  chapters,
  isDraft,
  selected,
  onGo,
}: {
  whole: Report;
  chapters: WrittenNarrative["chapters"];
  isDraft: boolean;
  selected: string | undefined;
  /** A sentence of the page was pressed. */
  onGo: (id: string) => void;
}) {
  const pages = useMemo(
    () => narrativePages(whole, { chapters }, { isDraft }),
    [whole, chapters, isDraft],
  );
  const [blank] = useState(() => pageHtml(pages.css));
  const [frame, setFrame] = useState<PageFrame>();
  const sheet = useRef<HTMLDivElement>(null);
  const scale = useScale(sheet);
  const { page, count } = usePages({ frame, pages, selected, sheet, scale, onGo });
  return (
    <section className="printed-page" aria-label="印出的页面">
      <div className="page-turn">
        <Button size="small" disabled={page === 0} onClick={() => frame?.turnTo(page - 1)}>
          上一页
        </Button>
        <span role="status">
          情况说明第 {page + 1} 页，共 {count} 页
        </span>
        <Button size="small" disabled={page + 1 >= count} onClick={() => frame?.turnTo(page + 1)}>
          下一页
        </Button>
      </div>
      <div
        ref={sheet}
        className="page-sheet"
        style={{ height: `${String(pageHeightPx * scale)}px` }}
      >
        <iframe
          title="印出的页面"
          sandbox="allow-same-origin"
          srcDoc={blank}
          tabIndex={-1}
          style={{
            width: `${String(pageWidthPx)}px`,
            height: `${String(pageHeightPx)}px`,
            transform: `scale(${String(scale)})`,
          }}
          onLoad={({ currentTarget: { contentDocument } }) =>
            setFrame(contentDocument === null ? undefined : pageFrame(contentDocument))
          }
        />
      </div>
    </section>
  );
}

/** The sheet is as wide as there is room. */
function useScale(sheet: RefObject<HTMLElement | null>): number {
  const [scale, setScale] = useState(0.5);
  useEffect(() => {
    const box = sheet.current;
    if (box === null) return undefined;
    const observer = new ResizeObserver(() => setScale(box.clientWidth / pageWidthPx));
    observer.observe(box);
    return () => observer.disconnect();
  }, [sheet]);
  return scale;
}

/** Fills the pages, and keeps them at the sentence at hand. */
function usePages({
  frame,
  pages: { runningHead, html },
  selected,
  sheet,
  scale,
  onGo,
}: {
  frame: PageFrame | undefined;
  pages: NarrativePages;
  selected: string | undefined;
  sheet: RefObject<HTMLElement | null>;
  scale: number;
  onGo: (id: string) => void;
}) {
  const follow = useEffectEvent(() => {
    const top = frame?.follow(selected);
    if (top !== undefined) showIn(sheet.current, top * scale);
  });
  useEffect(() => {
    frame?.fill(runningHead, html);
    follow();
  }, [frame, runningHead, html]);
  useEffect(() => {
    follow();
  }, [selected]);
  const press = useEffectEvent((id: string) => onGo(id));
  useEffect(() => frame?.onPress((id) => press(id)), [frame]);
  return useSyncExternalStore(frame?.subscribe ?? noChanges, frame?.snapshot ?? firstPage);
}

const noChanges = () => () => undefined;
const onlyPage = { page: 0, count: 1 };
const firstPage = () => onlyPage;

/** Scrolls what the sheet is in, and nothing else, until a place of the sheet is in sight. */
function showIn(sheet: HTMLElement | null, top: number): void {
  const pane = sheet?.closest<HTMLElement>(".side");
  if (sheet === null || pane === null || pane === undefined) return;
  const at = sheet.getBoundingClientRect().top - pane.getBoundingClientRect().top + top;
  const margin = 60;
  if (at < margin || at > pane.clientHeight - margin) {
    pane.scrollTop += at - pane.clientHeight / 3;
  }
}
