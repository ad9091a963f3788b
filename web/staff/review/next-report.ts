import { useNavigate } from "@tanstack/react-router";
import type { ReportView } from "../../../shared/contract/responses.ts";
import { shanghaiDay } from "../../../shared/workflow/deadlines.ts";
import type { WorklistRow } from "../../../shared/workflow/worklist-row.ts";
import { message } from "../app/feedback.tsx";
import { useSigned } from "../app/session-context.ts";
import { reportsInOrder, type WorklistSearch } from "../worklist/worklist-search.ts";

/** As the worklist was last shown in this window: its order and filter are those in which reports follow each other. */
const shown: { search: WorklistSearch } = { search: {} };

export const rememberOrder = (search: WorklistSearch): void => {
  shown.search = search;
};

/** Opens the reports that wait for this person, one after the other, each on what changed. */
export function useNextReport(report: Pick<ReportView, "id" | "region">) {
  const { api } = useSigned();
  const navigate = useNavigate();
  const reports = async () => {
    const { mine } = await api.get(
      `/regions/${report.region}/worklist?limit=50`,
      "worklistResponse",
    );
    return reportsInOrder(mine, shown.search, shanghaiDay(new Date().toISOString()));
  };
  const show = async ({ id, orgName }: WorklistRow, words: string) => {
    message.info(`${words}：${orgName}`);
    await navigate({ to: "/reports/$id/$part", params: { id, part: "changes" } });
  };
  const quietly = (work: () => Promise<void>) => {
    // Without a connection the report stays in sight, which says so itself.
    work().catch(() => undefined);
  };
  return {
    /** After a verdict: the next one that waits, or a word that none does. */
    open: () => {
      quietly(async () => {
        const next = (await reports()).find(({ id }) => id !== report.id);
        if (next === undefined) message.info("没有其他等您处理的报告了。");
        else await show(next, "下一份");
      });
    },
    /** The one before or after this one in the list. */
    step: (by: 1 | -1) => {
      quietly(async () => {
        const all = await reports();
        const at = all.findIndex(({ id }) => id === report.id);
        const other = at < 0 ? all[0] : all[at + by];
        if (other === undefined) message.info(by > 0 ? "已是最后一份。" : "已是第一份。");
        else await show(other, by > 0 ? "下一份" : "上一份");
      });
    },
  };
}
