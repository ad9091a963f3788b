/** A4 on a screen, in CSS pixels of 96 to the inch. */
const pxPerMm = 96 / 25.4;
export const pageWidthPx = 210 * pxPerMm;
export const pageHeightPx = 297 * pxPerMm;

/** The pages are columns beside one another, each as wide as a sheet with its margins, broken as print breaks them. */
const frameCss = `
html, body { width: 210mm; height: 297mm; overflow: hidden; }
header { position: fixed; top: 0; left: 26mm; right: 26mm; height: 29mm; display: flex; align-items: flex-end; font: 9pt "Noto Serif SC", SimSun, serif; color: #555; }
main { position: absolute; top: 36mm; left: 26mm; width: 158mm; height: 228mm; columns: 158mm; column-gap: 52mm; column-fill: auto; }
[data-sentence] { cursor: pointer; }
[data-sentence]:hover { background: #eef4fb; }
[data-sentence].here { background: #fff1b8; }
`;

/** An empty page in the styles of print; what is on it is set once the frame has come. */
export const pageHtml = (css: string): string =>
  `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>印出的页面</title><style>${css}${frameCss}</style></head><body><header></header><main></main></body></html>`;

/** Which page is in sight, of how many. */
interface InSight {
  readonly page: number;
  readonly count: number;
}

/** The pages in a frame. */
export interface PageFrame {
  readonly fill: (head: string, html: string) => void;
  readonly turnTo: (page: number) => void;
  /** Marks a sentence and turns to its page; how far from the page's top it begins, in CSS pixels. */
  readonly follow: (sentence: string | undefined) => number | undefined;
  readonly onPress: (pressed: (sentence: string) => void) => () => void;
  readonly subscribe: (changed: () => void) => () => void;
  readonly snapshot: () => InSight;
}

/** The pages of a frame that has loaded. */
export function pageFrame(page: Document): PageFrame | undefined {
  const head = page.querySelector("header");
  const main = page.querySelector("main");
  if (head === null || main === null) return undefined;
  let inSight: InSight = { page: 0, count: 1 };
  const listeners = new Set<() => void>();
  const show = (next: Partial<InSight>) => {
    const count = next.count ?? inSight.count;
    inSight = { count, page: Math.max(0, Math.min(next.page ?? inSight.page, count - 1)) };
    main.style.transform = `translateX(${String(-inSight.page * 210)}mm)`;
    for (const changed of listeners) changed();
  };
  return {
    fill: (runningHead, html) => {
      head.textContent = runningHead;
      main.innerHTML = html;
      show({ count: Math.max(1, Math.round((main.scrollWidth + 52 * pxPerMm) / pageWidthPx)) });
    },
    turnTo: (number) => show({ page: number }),
    follow: (sentence) => {
      for (const marked of main.querySelectorAll(".here")) marked.classList.remove("here");
      if (sentence === undefined) return undefined;
      const element = main.querySelector(`[data-sentence="${CSS.escape(sentence)}"]`);
      const first = element?.getClientRects()[0];
      if (first === undefined) return undefined;
      element?.classList.add("here");
      const left = first.left - main.getBoundingClientRect().left;
      // Half the space between two pages of tolerance: a hanging sign may begin before its line.
      show({ page: Math.floor((left + 26 * pxPerMm) / pageWidthPx) });
      return first.top;
    },
    onPress: (pressed) => {
      const listen = (event: Event) => {
        // Elements of the frame are of its own window, so `instanceof` would not know them.
        const target = event.target as Element;
        const id = target.closest("[data-sentence]")?.getAttribute("data-sentence");
        if (typeof id === "string") pressed(id);
      };
      page.addEventListener("click", listen);
      return () => page.removeEventListener("click", listen);
    },
    subscribe: (changed) => {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    snapshot: () => inSight,
  };
}
