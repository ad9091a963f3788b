import type { ReportView, ThreadView } from "../../../shared/contract/responses.ts";
import { parseCellAddress, type CellAddress } from "../../../shared/forms/cell.ts";
import type { TableId } from "../../../shared/forms/form.ts";
import { exactWan, isCount } from "../../../shared/forms/place-name.ts";
import { useEdition, useSection } from "../api/queries.ts";
import { lazyPart } from "../app/lazy-part.tsx";

/** Brings along what writes sentences. */
const SentenceChange = lazyPart(
  async () => (await import("./sentence-change.tsx")).SentenceChange,
  "dialog",
);

/** That the place of a remark holds something else than when it was made: 已修改 0.46→0.45. */
export function RemarkChange({ report, thread }: { report: ReportView; thread: ThreadView }) {
  const { anchor, found } = thread;
  if (found === undefined) return null;
  if (anchor.kind === "cell" && "figure" in found) {
    return <FigureChange report={report} cell={anchor.cell} figure={found.figure} />;
  }
  if (anchor.kind === "sentence" && "text" in found) {
    return <SentenceChange report={report} sentence={anchor.sentence} text={found.text} />;
  }
  return null;
}

function FigureChange({
  report,
  cell,
  figure,
}: {
  report: ReportView;
  cell: CellAddress;
  figure: number | null;
}) {
  const ref = parseCellAddress(cell);
  const edition = useEdition(report.edition).data;
  const table = useSection<TableId>(report.id, ref?.table ?? "t01").data?.value;
  if (ref === undefined || edition === undefined || table === undefined) return null;
  const now = table.rows.find(({ key }) => key === ref.row)?.cells[ref.column];
  if (now === (figure ?? undefined)) return null;
  const isWhole = isCount(cell, edition);
  const text = (value: number | null | undefined) =>
    value === undefined || value === null ? "空" : isWhole ? String(value) : exactWan(value);
  return (
    <p className="remark-change">
      <span className="chip approved">已修改</span> {text(figure)} → {text(now)}
      {!isWhole && "（万元）"}
    </p>
  );
}
