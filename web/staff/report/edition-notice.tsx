import { Button } from "antd";
import { useState } from "react";
import type { ReportView } from "../../../shared/contract/responses.ts";
import { isOtherVersion } from "../../../shared/editions/own-edition-id.ts";
import { useAct, useYears } from "../api/queries.ts";
import { lazyPart } from "../app/lazy-part.tsx";

const EditionChangesDialog = lazyPart(
  async () => (await import("./edition-changes-dialog.tsx")).EditionChangesDialog,
  "dialog",
);

/** Tells who draws up a draft that the year's edition (报表版式) has a new version, what it changes, and takes it over. */
export function EditionNotice({ report }: { report: ReportView }) {
  const years = useYears(report.region);
  const year = years.data?.items.find((one) => one.year === report.year);
  const [isShown, setShown] = useState(false);
  const take = useAct(report.id, "/take-edition", "reportResponse", "已换用新版本。");
  const canTake =
    report.allowedActions.includes("edit") &&
    year !== undefined &&
    isOtherVersion(report.edition, year.edition);
  if (!canTake) return null;
  return (
    <p className="notice warning" role="status">
      本年度的报表版式有了新版本。换用后已填的内容都保留，表和文字按新版本核对和印出。{" "}
      <Button size="small" onClick={() => setShown(true)}>
        查看变化
      </Button>{" "}
      <Button size="small" type="primary" loading={take.isPending} onClick={() => take.mutate({})}>
        换用新版本
      </Button>
      {isShown && (
        <EditionChangesDialog
          before={report.edition}
          after={year.edition}
          onClose={() => setShown(false)}
        />
      )}
    </p>
  );
}
