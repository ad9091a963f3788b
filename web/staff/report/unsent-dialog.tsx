import { Button, Modal } from "antd";
import { useEffect, useEffectEvent, useState } from "react";
import type { ReportView, UnsentView } from "../../../shared/contract/responses.ts";
import type { Edition } from "../../../shared/forms/form.ts";
import { useSigned } from "../app/session-context.ts";
import { localTime } from "../app/words.ts";
import { useKeptTexts } from "../editing/use-kept-text.ts";
import { shortened, writtenTexts } from "./text-places.ts";
import { UnsentList } from "./unsent-list.tsx";
import { partOfSection, partTitles, unsentLines } from "./unsent-lines.ts";
import { useUnsent } from "./use-unsent.ts";

/**
 * Stands before an act while something of the report is not sent: what is on this machine must be saved first,
 * what others hold elsewhere and texts that are no part of the report are shown, and may be left as they are.
 */
export function UnsentDialog({
  report,
  edition,
  act,
  handsOn,
  others,
  onGoOn,
  onClose,
}: {
  report: ReportView;
  edition: Edition;
  /** 提交, 通过 … */
  act: string;
  /** Whether texts that nobody has sent matter to it. */
  handsOn: boolean;
  others: readonly UnsentView[];
  onGoOn: () => void;
  onClose: () => void;
}) {
  const { me, drafts } = useSigned();
  const unsent = useUnsent(report.id);
  const written = writtenTexts(useKeptTexts(report.id, ""));
  const texts = handsOn ? written : [];
  const [step, setStep] = useState<"choosing" | "saving" | "left">("choosing");
  const [hadUnsent] = useState(unsent.length > 0);
  const titles = partTitles(edition, report.kind);
  const lines = unsentLines(unsent, edition, titles);
  const isClear = unsent.length === 0;
  const isFree = step === "left" && isClear && others.length === 0 && texts.length === 0;
  const goOn = useEffectEvent(onGoOn);
  useEffect(() => {
    if (isFree) goOn();
  }, [isFree]);
  const save = async () => {
    setStep("saving");
    await drafts.flush(report.id);
    setStep("left");
  };
  return (
    <Modal
      open
      width={640}
      className="unsent-dialog"
      title={isClear ? `${act}之前请确认` : `还有内容没有保存，不能${act}`}
      onCancel={onClose}
      footer={
        <>
          <Button onClick={onClose}>取消</Button>
          {isClear ? (
            <Button type="primary" onClick={onGoOn}>
              {others.length + texts.length > 0 ? "仍然" : "继续"}
              {act}
            </Button>
          ) : (
            <Button type="primary" loading={step === "saving"} onClick={() => void save()}>
              先保存
            </Button>
          )}
        </>
      }
    >
      <div aria-live="polite">
        {!isClear && (
          <>
            <p className={step === "left" ? "late" : ""}>
              {step === "left"
                ? "下列内容仍没有存入，请逐项处理："
                : "下列内容还在这台电脑上，没有存入报告："}
            </p>
            <UnsentList label="没有保存的内容" report={report.id} lines={lines} onGo={onClose} />
          </>
        )}
        {isClear && hadUnsent && <p>本机的内容已全部保存。</p>}
      </div>
      {others.length > 0 && (
        <>
          <h3>别处还有没有保存的修改</h3>
          <ul className="unsent-list" aria-label="别处没有保存的修改">
            {others.map(({ subject, name, device, sections, at }) => (
              <li key={device}>
                {subject === me.subject ? "您" : name}在另一台电脑上有未保存的修改（
                {sections.map((id) => titles.get(partOfSection(id)) ?? id).join("、")}，
                {localTime(at).slice(5)}）
              </li>
            ))}
          </ul>
          <p className="quiet">
            这些修改不在本次{act}的内容里。请先联系本人保存；确认不需要的，可以继续。
          </p>
        </>
      )}
      {texts.length > 0 && (
        <>
          <h3>还有没有发出的文字</h3>
          <UnsentList
            label="没有发出的文字"
            report={report.id}
            lines={texts.map(({ place, part, search, name, text }) => ({
              ...{ key: place, part, search },
              title: titles.get(part) ?? part,
              words: `${name}${text === "" ? "" : `：${shortened(text)}`}`,
              onGiveUp: () => drafts.texts.set(report.id, place, undefined),
            }))}
            onGo={onClose}
          />
          <p className="quiet">这些文字只保存在本机，不随本次{act}发出。</p>
        </>
      )}
    </Modal>
  );
}
