import { Button } from "antd";
import { useState } from "react";
import type { AuditEntry } from "../../../shared/audit/audit-entry.ts";
import { csvText } from "../../../shared/text/csv.ts";
import { auditLogPath, refusalText } from "../api/queries.ts";
import { message } from "../app/feedback.tsx";
import { keepFile } from "../app/keep-file.ts";
import { useSigned } from "../app/session-context.ts";
import { localTime } from "../app/words.ts";
import { auditTypeName, type AuditSearch } from "./audit-search.ts";

/** Entries of one file: what a spreadsheet and a browser take without trouble. */
const mostEntries = 20_000;

/** All that is looked for as one .csv file, fetched page by page. */
export function AuditExport({ region, search }: { region: string; search: AuditSearch }) {
  const { api } = useSigned();
  const [found, setFound] = useState<number>();
  const download = async () => {
    const entries: AuditEntry[] = [];
    let after: string | undefined;
    do {
      const page = await api.get(auditLogPath(region, search, after), "auditEntriesResponse");
      entries.push(...page.items);
      after = page.next;
      setFound(entries.length);
    } while (after !== undefined && entries.length < mostEntries);
    const file = new Blob([csvText(rowsOf(entries))], { type: "text/csv;charset=utf-8" });
    keepFile(file, `审计记录${search.from}至${search.to}.csv`);
    if (after !== undefined) {
      message.warning(`只导出了最近的 ${String(entries.length)} 条，请缩短起止日期后分次导出。`);
    }
  };
  return (
    <span className="beside">
      <Button
        size="small"
        loading={found !== undefined}
        onClick={() => {
          setFound(0);
          download()
            .catch((error: unknown) => message.error(refusalText(error)))
            .finally(() => {
              setFound(undefined);
            });
        }}
      >
        {found === undefined || found === 0 ? "导出 CSV" : `已取 ${String(found)} 条`}
      </Button>
    </span>
  );
}

const rowsOf = (entries: readonly AuditEntry[]): string[][] => [
  ["时间", "姓名", "账号", "事项", "年度", "单位代码", "单位或对象", "内容", "报告", "序号"],
  ...entries.map(({ at, byName, by, type, year, orgCode, about, deed, reportId, seq }) => [
    ...[localTime(at), byName, by, auditTypeName[type], year === undefined ? "" : String(year)],
    ...[orgCode ?? "", about ?? "", deed, reportId ?? "", String(seq)],
  ]),
];
