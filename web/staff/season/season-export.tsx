import { useState } from "react";
import { refusalText, seasonWorkbookPath } from "../api/queries.ts";
import { message } from "../app/feedback.tsx";
import { keepFile } from "../app/keep-file.ts";
import { useSigned } from "../app/session-context.ts";
import type { SeasonSearch } from "./season-search.ts";

/** The year as a workbook: the nodes that are looked for, figures, rules, and what was decided. */
export function SeasonExport({
  region,
  year,
  search,
}: {
  region: string;
  year: number;
  search: SeasonSearch;
}) {
  const { api } = useSigned();
  const [isBusy, setBusy] = useState(false);
  return (
    <button
      type="button"
      className="link"
      disabled={isBusy}
      onClick={() => {
        setBusy(true);
        api
          .file(seasonWorkbookPath(region, year, search))
          .then((file) => {
            keepFile(file, `${String(year)}年度决算进度.xlsx`);
          })
          .catch((error: unknown) => message.error(refusalText(error)))
          .finally(() => {
            setBusy(false);
          });
      }}
    >
      {isBusy ? "正在生成……" : "导出进度、统计和办理纪要（.xlsx）"}
    </button>
  );
}
