import { Button } from "antd";
import type { ReportView } from "../../../shared/contract/responses.ts";
import type { Edition } from "../../../shared/forms/form.ts";
import { modal } from "../app/feedback.tsx";
import { giveUpQuestion } from "../app/give-up-question.ts";
import { useSigned } from "../app/session-context.ts";
import { unreadablePrefix, type UnsentSection } from "../editing/drafts.ts";
import { UnsentList } from "./unsent-list.tsx";
import { partTitles, unsentLines } from "./unsent-lines.ts";
import { useUnsent } from "./use-unsent.ts";

/**
 * What of the report waits on this machine in other parts than the one in sight: it could not be sent, or it
 * was typed before somebody handed the report in.
 */
export function UnsentNotice({
  report,
  edition,
  part,
}: {
  report: ReportView;
  edition: Edition;
  part: string;
}) {
  const { drafts } = useSigned();
  const editable = report.allowedActions.includes("edit");
  const waiting = useUnsent(report.id).filter(
    (section) => !editable || (section.section !== part && isStuck(section)),
  );
  if (waiting.length === 0) return null;
  const giveUp = () =>
    modal.confirm(
      giveUpQuestion({
        title: "放弃没有存入的内容？",
        content: "这些内容只在这台电脑上，放弃后不能恢复。",
        keep: "保留",
        onGiveUp: () => {
          for (const { section, unreadable } of waiting) {
            drafts.of(report.id, section).discard();
            for (const place of unreadable.keys()) {
              drafts.texts.set(report.id, unreadablePrefix(section) + place, undefined);
            }
          }
        },
      }),
    );
  return (
    <section className="notice warning" aria-label="本机没有存入的内容">
      <p role="status">
        {editable
          ? "这台电脑上还有没有存入报告的内容："
          : "报告现在不能修改，下列内容没有存入，保留在这台电脑上；报告退回后可以继续保存："}
        {!editable && (
          <Button size="small" type="text" onClick={giveUp}>
            放弃这些内容
          </Button>
        )}
      </p>
      <UnsentList
        label="没有存入的内容"
        report={report.id}
        lines={unsentLines(waiting, edition, partTitles(edition, report.kind))}
      />
    </section>
  );
}

/** It does not go away by itself in a moment. */
const isStuck = ({ state, unreadable }: UnsentSection): boolean =>
  unreadable.size > 0 || ["offline", "unavailable", "refused", "conflict"].includes(state.kind);
