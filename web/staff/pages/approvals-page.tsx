import { Link, useParams } from "@tanstack/react-router";
import { useQueryClient } from "@tanstack/react-query";
import { Button, Form, Input } from "antd";
import { useId, useState, type ReactNode } from "react";
import type { z } from "zod";
import type { approvalsResponse, ApprovalWaiting } from "../../../shared/contract/responses.ts";
import { publishByDay, shanghaiDay } from "../../../shared/workflow/deadlines.ts";
import { refusalText, useApprovalsWaiting } from "../api/queries.ts";
import { DataTable } from "../app/data-table.tsx";
import { message, modal } from "../app/feedback.tsx";
import { Failure, Loading } from "../app/placeholders.tsx";
import { useSigned } from "../app/session-context.ts";
import { localTime } from "../app/words.ts";

/** Reports sent in one request: each is read and verified as a whole. */
const sentAtOnce = 5;

type ReportOutcome = z.infer<typeof approvalsResponse>["items"][number];
type Outcomes = ReadonlyMap<string, ReportOutcome>;

/** Many reports that wait for the bureau, approved by one document, each with an outcome of its own. */
export function ApprovalsPage(): ReactNode {
  const { region, year } = useParams({ from: "/approvals/$region/$year" });
  const waiting = useApprovalsWaiting(region, Number(year));
  return (
    <>
      <title>{`${year} 年度批量批复`}</title>
      <h1 className="page-title">{year} 年度批量批复</h1>
      <p className="quiet">
        列出等待财政批复的报告。没有看过当前版本、审核意见没有了结或者有错误的，不能列入，须打开报告逐份办理。
      </p>
      {waiting.data === undefined ? (
        waiting.isError ? (
          <Failure error={waiting.error} />
        ) : (
          <Loading />
        )
      ) : (
        <Choosing
          region={region}
          year={year}
          reports={mayBeApproved(waiting.data.pages.flatMap(({ items }) => items))}
          more={
            waiting.hasNextPage && (
              <Button
                loading={waiting.isFetchingNextPage}
                onClick={() => void waiting.fetchNextPage()}
              >
                更多报告
              </Button>
            )
          }
        />
      )}
    </>
  );
}

/** Those that nothing keeps from a common approval come first. */
const mayBeApproved = (reports: readonly ApprovalWaiting[]): readonly ApprovalWaiting[] =>
  reports.toSorted((a, b) => Number(a.obstacle !== undefined) - Number(b.obstacle !== undefined));

function Choosing({
  region,
  year,
  reports,
  more,
}: {
  region: string;
  year: string;
  reports: readonly ApprovalWaiting[];
  more: ReactNode;
}) {
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const { outcomes, isRunning, run } = useApprovals(region, year);
  const open = reports.filter((one) => one.obstacle === undefined && !outcomes.has(one.id));
  const chosen = open.filter(({ id }) => !left.has(id));
  const choose = (id: string, isChosen: boolean) => {
    const next = new Set(left);
    if (isChosen) next.delete(id);
    else next.add(id);
    setLeft(next);
  };
  return (
    <>
      <section className="panel" aria-label="等待批复的报告">
        <DataTable
          label="等待批复的报告"
          rows={reports}
          empty="没有等待批复的报告。"
          keyOf={({ id }) => id}
          columns={[
            {
              title: "列入",
              width: 60,
              cell: ({ id, orgName, obstacle }) => (
                <input
                  type="checkbox"
                  aria-label={`列入 ${orgName}`}
                  disabled={obstacle !== undefined || outcomes.has(id) || isRunning}
                  checked={chosen.some((one) => one.id === id)}
                  onChange={({ target }) => {
                    choose(id, target.checked);
                  }}
                />
              ),
            },
            { title: "代码", width: 100, cell: ({ orgCode }) => orgCode },
            {
              title: "单位",
              width: 320,
              cell: ({ id, orgName }) => (
                <Link to="/reports/$id/$part" params={{ id, part: "findings" }}>
                  {orgName}
                </Link>
              ),
            },
            { title: "提交时间", width: 150, cell: ({ submittedAt }) => localTime(submittedAt) },
            {
              title: "办理情况",
              cell: ({ id, obstacle }) => (
                <Outcome outcome={outcomes.get(id)} obstacle={obstacle} />
              ),
            },
          ]}
        />
        {more}
      </section>
      {reports.length > 0 && (
        <ApprovalForm
          chosen={chosen}
          excluded={reports.length - outcomes.size - open.length}
          isRunning={isRunning}
          onRun={run}
        />
      )}
    </>
  );
}

function Outcome({
  outcome,
  obstacle,
}: {
  outcome: ReportOutcome | undefined;
  obstacle: string | undefined;
}) {
  if (outcome?.approved === true) return <span className="chip approved">已批复</span>;
  if (outcome !== undefined) {
    return (
      <>
        <span className="chip failed">没有批复</span> {outcome.message}
      </>
    );
  }
  if (obstacle === undefined) return <span className="quiet">可以列入</span>;
  return (
    <>
      <span className="chip returned">不列入</span> {obstacle}
    </>
  );
}

interface ApprovalDocument {
  readonly documentNumber: string;
  readonly approvedOn: string;
}
type Run = (document: ApprovalDocument, chosen: readonly ApprovalWaiting[]) => void;

function ApprovalForm({
  chosen,
  excluded,
  isRunning,
  onRun,
}: {
  chosen: readonly ApprovalWaiting[];
  excluded: number;
  isRunning: boolean;
  onRun: Run;
}) {
  const [numberId, dayId] = [useId(), useId()];
  const today = shanghaiDay(new Date().toISOString());
  const [typed, setTyped] = useState("");
  const [approvedOn, setApprovedOn] = useState(today);
  const documentNumber = typed.trim();
  const ask = () => {
    modal.confirm({
      title: `批复 ${String(chosen.length)} 份决算？`,
      content: (
        <>
          <p>
            文号 {documentNumber}，批复日期 {approvedOn}，最迟 {publishByDay(approvedOn)}{" "}
            向社会公开。批复后自动排印和公开。
          </p>
          <ul className="fault-list">
            {chosen.map(({ id, orgName }) => (
              <li key={id}>{orgName}</li>
            ))}
          </ul>
        </>
      ),
      okText: "批复",
      cancelText: "取消",
      onOk: () => {
        onRun({ documentNumber, approvedOn }, chosen);
      },
    });
  };
  return (
    <section className="panel" aria-label="批复">
      <h2>
        批复{" "}
        <span className="quiet">
          列入 {chosen.length} 份，不列入 {excluded} 份
        </span>
      </h2>
      <Form layout="vertical" className="form-row" onFinish={ask}>
        <Form.Item label="批复文号" htmlFor={numberId} required>
          <Input
            id={numberId}
            autoComplete="off"
            placeholder="例如：景财决〔2023〕12号"
            maxLength={80}
            value={typed}
            onChange={({ target }) => {
              setTyped(target.value);
            }}
          />
        </Form.Item>
        <Form.Item label="批复日期" htmlFor={dayId} required>
          <Input
            id={dayId}
            type="date"
            max={today}
            value={approvedOn}
            onChange={({ target }) => {
              setApprovedOn(target.value === "" ? today : target.value);
            }}
          />
        </Form.Item>
        <Form.Item label=" " colon={false}>
          <Button
            type="primary"
            htmlType="submit"
            loading={isRunning}
            disabled={chosen.length === 0 || documentNumber.length < 2}
          >
            批复所列报告
          </Button>
        </Form.Item>
      </Form>
    </section>
  );
}

/**
 * Sends what is chosen some at a time and keeps what became of each. What was sent stays done when the page is left or the
 * connection fails; the list then shows what still waits.
 */
function useApprovals(region: string, year: string) {
  const { api } = useSigned();
  const queries = useQueryClient();
  const [outcomes, setOutcomes] = useState<Outcomes>(new Map());
  const [isRunning, setRunning] = useState(false);
  const send = async (document: ApprovalDocument, chosen: readonly ApprovalWaiting[]) => {
    for (let start = 0; start < chosen.length; start += sentAtOnce) {
      const reports = chosen
        .slice(start, start + sentAtOnce)
        .map(({ id, editionHash, version }) => ({ id, editionHash, seenVersion: version }));
      const { items } = await api.send(
        "POST",
        `/regions/${region}/years/${year}/approvals`,
        { ...document, reports },
        "approvalsResponse",
      );
      setOutcomes((before) => new Map([...before, ...items.map((one) => [one.id, one] as const)]));
    }
  };
  const run: Run = (document, chosen) => {
    setRunning(true);
    send(document, chosen)
      .catch((error: unknown) => message.error(refusalText(error)))
      .finally(() => {
        setRunning(false);
        void queries.invalidateQueries({ queryKey: ["worklist"] });
        void queries.invalidateQueries({ queryKey: ["progress"] });
      });
  };
  return { outcomes, isRunning, run };
}
