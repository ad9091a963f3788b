import { useMemo } from "react";
import { differencesBetween, type Difference } from "../../../shared/editions/differences.ts";
import { DataTable } from "../app/data-table.tsx";
import type { EditionDesk } from "./use-edition-desk.ts";

/** What the edition has otherwise than its base, in words: what a colleague reads before it is put into use. */
export function DifferencesPart({ desk, baseName }: { desk: EditionDesk; baseName: string }) {
  const differences = useMemo(
    () => differencesBetween(desk.base, desk.data),
    [desk.base, desk.data],
  );
  return (
    <section className="panel edition-scrolling" aria-label="与基础版式的差异">
      <h2>
        与“{baseName}”的差异 <span className="quiet">{differences.length} 处</span>
      </h2>
      <DifferencesTable label="差异" differences={differences} />
    </section>
  );
}

export function DifferencesTable({
  label,
  differences,
}: {
  label: string;
  differences: readonly Difference[];
}) {
  return (
    <DataTable
      label={label}
      rows={differences}
      empty="没有差异。"
      keyOf={(_, index) => String(index)}
      columns={[
        { title: "处", width: 300, cell: ({ place }) => place.join(" · ") },
        {
          title: "原为",
          width: 400,
          cell: ({ before }) =>
            before === undefined || before === "" ? (
              <span className="quiet">（没有）</span>
            ) : (
              <del>{before}</del>
            ),
        },
        {
          title: "现为",
          cell: ({ after }) =>
            after === undefined || after === "" ? (
              <span className="quiet">（删去）</span>
            ) : (
              <ins>{after}</ins>
            ),
        },
      ]}
    />
  );
}
