import { useQueryClient } from "@tanstack/react-query";
import { Input } from "antd";
import { useState } from "react";
import { reporting } from "../../../shared/progress/days.ts";
import { progressStateName } from "../../../shared/progress/progress-names.ts";
import type { ProgressState } from "../../../shared/progress/progress.ts";
import { refusalText, useProgress } from "../api/queries.ts";
import { message } from "../app/feedback.tsx";
import { useSigned } from "../app/session-context.ts";
import { WritingDialog } from "../app/writing-dialog.tsx";
import { useKeptText } from "../editing/use-kept-text.ts";
import type { Year } from "../pages/year-dialog.tsx";

const shownStates = [
  ...["not_opened", "draft", "in_review", "approved"],
  ...["print_failed", "publish_failed", "published"],
] as readonly ProgressState[];

/** Ends a year (结束年度), or opens it again: where its reports have come, what follows, and why. */
export function EndYearDialog({
  region,
  year,
  onClose,
}: {
  region: string;
  year: Year;
  onClose: () => void;
}) {
  const { api } = useSigned();
  const queries = useQueryClient();
  const ends = year.status === "open";
  const kept = useKeptText(`registry/${region}`, `year-end/${String(year.year)}`, "");
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string>();
  const save = async () => {
    setBusy(true);
    setRefused(undefined);
    try {
      const { year: number, ...values } = year;
      const path = `/regions/${region}/years/${String(number)}`;
      const status = ends ? "closed" : "open";
      const reason = kept.text.trim();
      await api.send("PUT", path, { ...values, status, ...(reason && { reason }) }, "yearResponse");
      await Promise.all(
        ["years", "registry", "worklist"].map((key) =>
          queries.invalidateQueries({ queryKey: [key] }),
        ),
      );
      message.success(ends ? "年度已结束。" : "年度已重新开启。");
      kept.clear();
      onClose();
    } catch (error) {
      setRefused(refusalText(error));
    } finally {
      setBusy(false);
    }
  };
  const act = ends ? "结束" : "重新开启";
  return (
    <WritingDialog
      title={`${act} ${String(year.year)} 年度`}
      okText={act}
      confirmLoading={busy}
      isWritten={kept.isWritten}
      onDiscard={kept.clear}
      onClose={onClose}
      onOk={() => void save()}
    >
      {ends ? (
        <>
          <WhereItStands region={region} year={year.year} />
          <p>
            结束以后不再建立新的报告，没有报送的草稿不能再提交，也不再催办；期限、版式和这一年的机构不能再改。
            已公开的决算仍可更正、撤下。需要时可以重新开启。
          </p>
        </>
      ) : (
        <p>重新开启以后可以继续建立、提交报告，修改期限，并恢复催办。</p>
      )}
      <Input.TextArea
        aria-label="原因"
        placeholder="原因（记入变更记录）"
        autoSize={{ minRows: 2, maxRows: 6 }}
        maxLength={2000}
        value={kept.text}
        onChange={(event) => kept.write(event.target.value)}
      />
      {refused !== undefined && (
        <p className="notice error" role="alert">
          {refused}
        </p>
      )}
    </WritingDialog>
  );
}

function WhereItStands({ region, year }: { region: string; year: number }) {
  const [first] = useProgress(region, year).data?.pages ?? [];
  const counts = first?.counts;
  if (counts === undefined) return null;
  const states = shownStates.filter((state) => (counts[state] ?? 0) > 0);
  return (
    <p>
      应报单位 {reporting(counts)} 个：
      {states.map((state) => `${progressStateName[state]} ${String(counts[state])}`).join("，")}。
    </p>
  );
}
