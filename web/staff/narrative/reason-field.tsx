import { useEffect, useId, useRef, type KeyboardEvent } from "react";
import { slipsIn } from "../../../shared/checks/wording/slips.ts";
import type { FindingView } from "../../../shared/contract/responses.ts";
import type { Report } from "../../../shared/report/report.ts";
import { refusalText, useExplain, useWithdrawExplanation } from "../api/queries.ts";
import { withText } from "../editing/narrative-edit.ts";
import { mendName } from "../editing/sentence-mends.ts";
import { useKeptText } from "../editing/use-kept-text.ts";
import { useOpenEditor } from "../editing/use-open-editor.ts";
import { explanationPlace, shortened } from "../report/text-places.ts";
import { earlierReason, type Blank } from "./blank.ts";
import { insertText, plainText } from "./plain-text.ts";
import type { NarrativeWriter } from "./use-narrative-writing.ts";
import { useHighlights } from "./use-highlights.ts";

/**
 * A reason or purpose, written at its place in the sentence. It is taken when the field is left or on Enter; one that a
 * warning asks for is weighed by the server, and stays as it was typed until it is taken.
 */
export function ReasonField({
  report,
  whole,
  blank,
  finding,
  isOptional = false,
  writer,
}: {
  report: string;
  whole: Report;
  blank: Blank;
  /** The warning that the reason explains. */
  finding: FindingView | undefined;
  isOptional?: boolean;
  writer: NarrativeWriter;
}) {
  const field = useRef<HTMLSpanElement>(null);
  /** Left by Esc, so that leaving takes nothing. */
  const isGivenUp = useRef(false);
  const help = useId();
  const reason = useReason({ report, whole, blank, finding, writer });
  const { text, refused, isWritten, offer } = reason;
  // The browser writes the text while somebody types; it is set only where it is another.
  useEffect(() => {
    const box = field.current;
    if (box !== null && plainText(box.textContent) !== text) box.textContent = text;
  }, [text]);
  const slips = slipsIn(text);
  useHighlights(
    field,
    slips.map(({ start, end }) => ({ start, end, severity: "warning" })),
  );
  const leave = (event: KeyboardEvent) => {
    event.preventDefault();
    event.stopPropagation();
    field.current?.closest<HTMLElement>("[data-sentence]")?.focus();
  };
  const isStanding = finding === undefined || finding.explanation !== undefined;
  const state = isOptional || isStanding ? "" : " asked";
  return (
    <>
      <span
        ref={field}
        role="textbox"
        tabIndex={0}
        className={`reason field${text === "" && !isOptional ? " missing" : state}${isWritten ? " unsent" : ""}`}
        contentEditable="plaintext-only"
        suppressContentEditableWarning
        spellCheck={false}
        aria-label={blank.about}
        aria-invalid={refused !== undefined}
        aria-describedby={refused === undefined ? undefined : help}
        data-slot={blank.key}
        data-placeholder={`${isOptional ? "可写" : "请写"}${blank.about}`}
        title={blank.about}
        onInput={({ currentTarget }) => reason.type(plainText(currentTarget.textContent))}
        onPaste={(event) => {
          event.preventDefault();
          insertText(event.clipboardData.getData("text/plain"));
          reason.type(plainText(event.currentTarget.textContent));
        }}
        onBlur={() => {
          if (!isGivenUp.current) reason.take();
          isGivenUp.current = false;
        }}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === "Escape") {
            isGivenUp.current = true;
            reason.giveUp();
            leave(event);
          } else if (event.key === "Enter") leave(event);
        }}
      />
      {slips.map((slip) => {
        const name = mendName(slip);
        return (
          name !== undefined && (
            <button
              key={slip.start}
              type="button"
              className="mend warning"
              data-name={name}
              aria-label={`${slip.what}：${name}`}
              title={slip.what}
              onClick={() =>
                reason.take(text.slice(0, slip.start) + (slip.instead ?? "") + text.slice(slip.end))
              }
            />
          )
        );
      })}
      {offer !== undefined && (
        <button
          type="button"
          className="mend"
          data-name={offer === text ? "以此说明" : `沿用“${shortened(offer)}”`}
          aria-label={`${blank.about}：以“${offer}”说明`}
          title={offer}
          onClick={() => reason.take(offer)}
        />
      )}
      {refused !== undefined && (
        <span id={help} className="refused" role="alert">
          {refused}
        </span>
      )}
    </>
  );
}

/** What a field shows, and what becomes of it. */
function useReason({
  report,
  whole,
  blank,
  finding,
  writer,
}: {
  report: string;
  whole: Report;
  blank: Blank;
  finding: FindingView | undefined;
  writer: NarrativeWriter;
}) {
  const { kind, key } = blank;
  const { narrative } = whole.sections;
  const typed = narrative[kind][key] ?? "";
  const before = finding?.explanation?.reason ?? typed;
  const place = finding === undefined ? `${kind}/narrative/${key}` : explanationPlace(finding);
  const kept = useKeptText(report, place, before);
  const explain = useExplain(report);
  const withdraw = useWithdrawExplanation(report);
  const write = (text: string) => {
    if (text !== typed) writer.change(withText(narrative, kind, key, text));
    kept.clear();
  };
  const take = (text: string) => {
    const value = text.trim();
    if (finding === undefined) {
      write(value);
    } else if (value === "") {
      if (finding.explanation !== undefined) withdraw.mutate(finding.explanation.id);
      write("");
    } else if (value !== finding.explanation?.reason && !explain.isPending) {
      kept.keep(value);
      void explain.mutateAsync({ finding: finding.id ?? "", reason: value }).then(
        () => {
          kept.sent(value);
          writer.onExplained(finding);
        },
        () => undefined, // The refusal is shown behind the field.
      );
    } else kept.clear();
  };
  const isRefused = (text: string) => explain.isError && explain.variables.reason === text.trim();
  useOpenEditor(() => {
    if (finding === undefined && kept.isWritten) write(kept.text.trim());
  });
  const isStanding = finding === undefined || finding.explanation !== undefined;
  const earlier = finding?.voided?.reason ?? finding?.suggested ?? earlierReason(whole, blank);
  return {
    text: kept.text,
    isWritten: kept.isWritten,
    refused: isRefused(kept.text) ? refusalText(explain.error) : undefined,
    /** Given before for this place, to be taken again as it is. */
    offer: kept.isWritten || (isStanding && before !== "") ? undefined : earlier,
    type: kept.write,
    /** The text at hand, or another; one that was refused is not sent again unchanged. */
    take: (other?: string) => {
      if (other !== undefined) take(other);
      else if (kept.isWritten && !isRefused(kept.text)) take(kept.text);
    },
    giveUp: kept.clear,
  };
}
