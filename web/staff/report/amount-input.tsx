import { useId } from "react";
import { parseTyped, printHundredths, printWan, type AmountUnit } from "../../../shared/money.ts";
import { FieldFinding, useFieldFinding } from "./field-findings.tsx";
import { stateOf } from "./finding-place.ts";
import { useTypedField, type FieldPlace } from "./use-typed-field.ts";

/** What is shown below a figure while one fills it in. */
export interface FigureNotes {
  /** The same figure of another year, and the change. */
  readonly compared?: string | undefined;
  /** What it may reach and not exceed, as printed and whether it does. */
  readonly limit?: { readonly words: string; readonly isExceeded: boolean } | undefined;
}

/** An amount in 分, typed in the report's unit; what cannot be read stays visible until mended. */
export function AmountInput({
  label,
  value,
  unit,
  ...field
}: FieldPlace<number | undefined> &
  FigureNotes & {
    label: string;
    value: number | undefined;
    unit: AmountUnit;
  }) {
  const shown =
    value === undefined ? "" : unit === "wan" ? printWan(value) : printHundredths(value);
  return (
    <FigureInput
      {...field}
      label={label}
      shown={shown}
      inputMode="decimal"
      suffix={unit === "wan" ? "万元" : "元"}
      fault="不是金额，尚未存入"
      read={(text) => parseTyped(text, unit)}
    />
  );
}

/** A whole number: people, vehicles, meetings. */
export function CountInput({
  label,
  value,
  suffix,
  ...field
}: FieldPlace<number | undefined> &
  FigureNotes & { label: string; value: number | undefined; suffix?: string }) {
  return (
    <FigureInput<number | undefined>
      {...field}
      label={label}
      shown={value === undefined ? "" : String(value)}
      inputMode="numeric"
      fault="不是整数，尚未存入"
      {...(suffix === undefined ? {} : { suffix })}
      read={readCount}
    />
  );
}

function readCount(text: string): { ok: true; value: number | undefined } | { ok: false } {
  const plain = text.normalize("NFKC").replace(/[\s,]/gu, "");
  if (plain === "") return { ok: true, value: undefined };
  return /^\d{1,7}$/u.test(plain) ? { ok: true, value: Number(plain) } : { ok: false };
}

/** A name that may not be empty. */
export function NameInput({
  label,
  name,
  ...field
}: FieldPlace<string> & { label: string; name: string }) {
  const help = useId();
  const { isReadable, input } = useTypedField({
    ...field,
    shown: name,
    read: (text) => (text.trim() === "" ? { ok: false } : { ok: true, value: text.trim() }),
    isProse: true,
  });
  return (
    <span className="name-input">
      <input
        type="text"
        className="text-area"
        {...input}
        aria-label={label}
        aria-invalid={!isReadable}
        aria-describedby={isReadable ? undefined : help}
      />
      {!isReadable && (
        <small id={help} className="late" role="status">
          名称不能为空，尚未存入
        </small>
      )}
    </span>
  );
}

export function FigureInput<Value>({
  label,
  shown,
  read,
  fault,
  inputMode,
  suffix,
  compared,
  limit,
  ...field
}: FieldPlace<Value> &
  FigureNotes & {
    label: string;
    shown: string;
    read: (text: string) => { ok: true; value: Value } | { ok: false };
    fault: string;
    inputMode: "decimal" | "numeric";
    suffix?: string;
  }) {
  const help = useId();
  const { isReadable, input } = useTypedField({ ...field, shown, read });
  const finding = useFieldFinding(input["data-field"]);
  const state = finding && stateOf(finding);
  const isWrong = !isReadable || state === "error";
  const isWarned = state === "warning" || limit?.isExceeded === true;
  return (
    <div className={state === undefined ? "figure" : `figure ${state}`}>
      <label>
        {label}
        <span className={`figure-field${isWrong ? " error" : isWarned ? " warning" : ""}`}>
          <input
            type="text"
            autoComplete="off"
            {...input}
            inputMode={inputMode}
            aria-invalid={isWrong}
            aria-describedby={help}
          />
          {suffix !== undefined && <span>{suffix}</span>}
        </span>
      </label>
      <div id={help} className="figure-notes">
        {!isReadable && (
          <small className="late" role="status">
            {fault}
          </small>
        )}
        <FieldFinding id={`${help}-finding`} finding={finding} />
        {limit !== undefined && (
          <small className={limit.isExceeded ? "field-finding warning" : "quiet"}>
            {limit.words}
          </small>
        )}
        {compared !== undefined && <small className="quiet">{compared}</small>}
      </div>
    </div>
  );
}
