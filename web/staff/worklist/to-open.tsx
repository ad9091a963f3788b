import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import type { Worklist } from "../../../shared/contract/responses.ts";
import { refusalText } from "../api/queries.ts";
import { DataTable } from "../app/data-table.tsx";
import { Due } from "../app/due.tsx";
import { message } from "../app/feedback.tsx";
import { keepFile } from "../app/keep-file.ts";
import { useSigned } from "../app/session-context.ts";

/** Reports that this person may begin (开始编制). */
export function ToOpen({ entries }: { entries: Worklist["toOpen"] }) {
  const { api } = useSigned();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [opening, setOpening] = useState<string>();
  const keyOf = ({ year, orgCode }: Worklist["toOpen"][number]) => `${String(year)}-${orgCode}`;
  const open = async (entry: Worklist["toOpen"][number]) => {
    const { region, year, orgCode } = entry;
    setOpening(keyOf(entry));
    try {
      const { id, notRolled } = await api.send(
        "POST",
        "/reports",
        { region, year, orgCode },
        "openedResponse",
      );
      if (notRolled !== undefined) message.info(notRolled, 10);
      await queries.invalidateQueries({ queryKey: ["worklist"] });
      await navigate({ to: "/reports/$id/$part", params: { id, part: "t01" } });
    } catch (error) {
      message.error(refusalText(error));
    } finally {
      setOpening(undefined);
    }
  };
  const template = async ({ region, year, orgCode, orgName }: Worklist["toOpen"][number]) => {
    try {
      const path = `/regions/${region}/years/${String(year)}/orgs/${orgCode}/workbook`;
      keepFile(await api.file(path), `${orgName}${String(year)}年度决算表（模板）.xlsx`);
    } catch (error) {
      message.error(refusalText(error));
    }
  };
  return (
    <section className="panel" aria-label="待开始">
      <h2>
        待开始 <span className="quiet">{entries.length}</span>
      </h2>
      <DataTable
        label="待开始"
        rows={entries}
        empty=""
        keyOf={keyOf}
        columns={[
          { title: "单位", cell: ({ orgName }) => orgName },
          { title: "年度", width: 90, cell: ({ year }) => year },
          { title: "期限", width: 170, cell: ({ due }) => <Due date={due} /> },
          {
            title: "操作",
            width: 220,
            cell: (entry) => (
              <span className="nowrap">
                <Button
                  type="primary"
                  size="small"
                  loading={opening === keyOf(entry)}
                  onClick={() => void open(entry)}
                >
                  开始编制
                </Button>{" "}
                <Button size="small" onClick={() => void template(entry)}>
                  下载 Excel 模板
                </Button>
              </span>
            ),
          },
        ]}
      />
    </section>
  );
}
