import { useMemo, useState } from "react";
import { reportDocument } from "../../../shared/document/report-document.ts";
import { PdfPreview } from "../app/pdf-preview.tsx";
import { Nothing } from "../app/placeholders.tsx";
import type { EditionDesk } from "./use-edition-desk.ts";
import type { LoadedEdition } from "./use-loaded-edition.ts";

/** The whole document of the sample report: at once on the screen, and on demand as the PDF that it is printed as. */
export function PreviewPart({
  region,
  desk,
  loaded,
}: {
  region: string;
  desk: EditionDesk;
  loaded: LoadedEdition;
}) {
  const { record, isChanged } = desk;
  const [printed, setPrinted] = useState<number>();
  return (
    <>
      {loaded.faults.length === 0 && desk.other === undefined && (
        <PdfPreview
          path={`/regions/${region}/own-editions/${record.key}/previews`}
          before={async () => {
            const stored = isChanged ? await desk.save() : record;
            if (stored === undefined) return false;
            setPrinted(stored.version);
            return true;
          }}
          isOutdated={() => isChanged || printed !== record.version}
          startText={isChanged ? "保存草稿并排成 PDF" : "排成 PDF"}
        >
          把样例报告按本版式排印成正式版面：封面、带页码的目录、报表、说明、名词解释和附件。
        </PdfPreview>
      )}
      <ScreenPreview loaded={loaded} />
    </>
  );
}

/** Follows every change without waiting for a print. The frame runs no program and may fetch nothing. */
function ScreenPreview({ loaded }: { loaded: LoadedEdition }) {
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
