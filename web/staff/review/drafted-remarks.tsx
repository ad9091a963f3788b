import { Checkbox } from "antd";
import { useState } from "react";
import type { ReportView, ThreadView } from "../../../shared/contract/responses.ts";
import { cellName, rowName, tableName } from "../../../shared/forms/place-name.ts";
import { isTable, type SectionId } from "../../../shared/report/section-ids.ts";
import type { Edition } from "../../../shared/forms/form.ts";
import { useEdition, useSection } from "../api/queries.ts";
import { useSigned } from "../app/session-context.ts";
import { useKeptTexts } from "../editing/use-kept-text.ts";
import { anchorOfDraft, draftPlace, shortened } from "../report/text-places.ts";

type Anchor = ThreadView["anchor"];

/** A remark that was written at a place of the report and not sent yet. */
export interface DraftedRemark {
  readonly anchor: Anchor;
  readonly place: string;
  readonly text: string;
}

/** What of the drafts a verdict sends: those not taken out, each as it keeps the report from passing or not. */
export interface ChosenRemarks {
  readonly all: readonly DraftedRemark[];
  readonly sent: readonly {
    readonly anchor: Anchor;
    readonly text: string;
    readonly blocking: boolean;
  }[];
  readonly isSent: (remark: DraftedRemark) => boolean;
  readonly isBlocking: (remark: DraftedRemark) => boolean;
  readonly choose: (remark: DraftedRemark, how: { sent?: boolean; blocking?: boolean }) => void;
  /** Forgets the drafts that were sent. */
  readonly clear: () => void;
}

/** Remarks drafted on this machine for one report, to be sent with a verdict; `blocking` is what they are at first. */
export function useDraftedRemarks(report: ReportView, blocking: boolean): ChosenRemarks {
  const { drafts } = useSigned();
  const edition = useEdition(report.edition).data;
  const files = useSection(report.id, "attachments").data?.value.files ?? [];
  const [chosen, setChosen] = useState<
    Readonly<Record<string, { sent?: boolean; blocking?: boolean }>>
  >({});
  const all = [...useKeptTexts(report.id, "comment/")].flatMap(([place, text]): DraftedRemark[] => {
    const anchor = anchorOfDraft(place);
    if (anchor === undefined || text.trim() === "") return [];
    const name = anchor.kind === "attachment" ? fileName(files, anchor.sha256) : undefined;
    return [{ anchor, place: name ?? placeOf(anchor, edition), text: text.trim() }];
  });
  const isSent = ({ anchor }: DraftedRemark) => chosen[draftPlace(anchor)]?.sent ?? true;
  const isBlocking = ({ anchor }: DraftedRemark) =>
    chosen[draftPlace(anchor)]?.blocking ?? blocking;
  const sent = all.filter(isSent);
  return {
    ...{ all, isSent, isBlocking },
    sent: sent.map((remark) => ({
      ...{ anchor: remark.anchor, text: remark.text, blocking: isBlocking(remark) },
    })),
    choose: ({ anchor }, how) => {
      const place = draftPlace(anchor);
      setChosen((before) => ({ ...before, [place]: { ...before[place], ...how } }));
    },
    clear: () => {
      for (const { anchor } of sent) drafts.texts.set(report.id, draftPlace(anchor), undefined);
    },
  };
}

const fileName = (files: readonly { sha256: string; name: string }[], sha256: string) =>
  files.find((file) => file.sha256 === sha256)?.name;

const sectionTitle: Readonly<Partial<Record<SectionId, string>>> = {
  facts: "基本情况与补充数据",
  narrative: "决算情况说明",
  performance: "预算绩效",
  attachments: "附件",
  adjustments: "汇总的抵销和调整",
  explanations: "审核说明",
};

/** A place of the report in the trade's words. */
function placeOf(anchor: Anchor, edition: Edition | undefined): string {
  if (edition === undefined) return "";
  switch (anchor.kind) {
    case "cell":
      return cellName(anchor.cell, edition);
    case "row":
      return isTable(anchor.section)
        ? rowName(`${anchor.section}/${anchor.row}/any`, edition)
        : (sectionTitle[anchor.section] ?? anchor.section);
    case "section":
      return isTable(anchor.section)
        ? tableName(anchor.section, edition)
        : (sectionTitle[anchor.section] ?? anchor.section);
    case "sentence":
      return "决算情况说明中的一句";
    case "attachment":
      return "附件";
  }
}

/** The remarks as the reason of a return, numbered; at most as long as a reason may be. */
export const reasonFrom = (remarks: readonly DraftedRemark[]): string =>
  remarks
    .map(({ place, text }, index) => `${String(index + 1)}. ${place}：${text}`)
    .join("\n")
    .slice(0, 2_000);

/** The drafts as a list in the dialog of a verdict. */
export function DraftedRemarks({
  remarks,
  mayBlock,
}: {
  remarks: ChosenRemarks;
  /** Whether a remark may keep the report from passing, as it does not where the report passes. */
  mayBlock: boolean;
}) {
  if (remarks.all.length === 0) return null;
  return (
    <fieldset className="drafted-remarks">
      <legend>随同发出的审核意见（{remarks.sent.length}）</legend>
      <ul>
        {remarks.all.map((remark) => (
          <li key={draftPlace(remark.anchor)}>
            <Checkbox
              aria-label={`发出对${remark.place}的意见`}
              checked={remarks.isSent(remark)}
              onChange={({ target }) => {
                remarks.choose(remark, { sent: target.checked });
              }}
            />
            <span>
              <strong>{remark.place}</strong>
              <br />
              <span title={remark.text}>{shortened(remark.text)}</span>
            </span>
            {mayBlock && (
              <Checkbox
                aria-label={`对${remark.place}的意见解决后才能通过`}
                disabled={!remarks.isSent(remark)}
                checked={remarks.isBlocking(remark)}
                onChange={({ target }) => {
                  remarks.choose(remark, { blocking: target.checked });
                }}
              >
                解决后才能通过
              </Checkbox>
            )}
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
