import { useMemo } from "react";
import { reportDocument } from "../../../shared/document/report-document.ts";
import { Nothing } from "../app/placeholders.tsx";
import type { LoadedEdition } from "./use-loaded-edition.ts";

/**
 * The whole document as the sample report is printed: cover, contents, every part. The frame runs no program and may
 * fetch nothing.
 */
export function PreviewPart({ loaded }: { loaded: LoadedEdition }) {
  const { sample } = loaded;
  const html = useMemo(
    () =>
      sample &&
      reportDocument(sample.report, { pageOf: new Map(), status: "draft", ...sample.written }),
    [sample],
  );
  return (
    <section className="panel" aria-label="整本预览">
      <h2>
        整本预览 <span className="quiet">样例报告：数字都是虚构的</span>
      </h2>
      {html === undefined ? (
        <Nothing>版式还有问题，改正后才能预览。</Nothing>
      ) : (
        <iframe className="edition-preview" title="整本预览" sandbox="" srcDoc={html} />
      )}
    </section>
  );
}
