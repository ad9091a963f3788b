import type { FindingView } from "../../../shared/contract/responses.ts";
import type { CellAddress } from "../../../shared/forms/cell.ts";
import { FindingList } from "./finding-list.tsx";
import { ThreadsPanel } from "./threads-panel.tsx";
import type { TableOnPage } from "./use-table-values.ts";

/** Beside a table: what was found in it, and what people remarked on it. */
export function TableSide({
  report,
  form,
  findings,
  failed,
  selected,
  nameOf,
  onGo,
}: TableOnPage & {
  findings: readonly FindingView[] | undefined;
  failed: string | undefined;
  selected: CellAddress | undefined;
  nameOf: (address: CellAddress) => string;
  onGo: (address: CellAddress) => void;
}) {
  return (
    <aside className="side" aria-label="审核结果和审核意见">
      <FindingList
        report={report}
        findings={findings}
        failed={failed}
        here={selected}
        onGo={(address) => onGo(address as CellAddress)}
      />
      <ThreadsPanel
        report={report}
        anchor={
          selected === undefined
            ? { kind: "section", section: form.id }
            : { kind: "cell", cell: selected }
        }
        placeOf={(anchor) => (anchor.kind === "cell" ? nameOf(anchor.cell) : form.title)}
        belongs={(anchor) =>
          (anchor.kind === "cell" && anchor.cell.startsWith(`${form.id}/`)) ||
          ((anchor.kind === "section" || anchor.kind === "row") && anchor.section === form.id)
        }
        onGo={(anchor) => anchor.kind === "cell" && onGo(anchor.cell)}
      />
    </aside>
  );
}
