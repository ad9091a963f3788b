import { Input } from "antd";
import { useId } from "react";
import { parseAmount, printHundredths, printWan, type AmountUnit } from "../../../shared/money.ts";
import { useTypedField, type FieldPlace } from "./use-typed-field.ts";

/** An amount in 分, typed in the report's unit; what cannot be read stays visible until mended. */
export function AmountInput({
  label,
  value,
  unit,
  ...field
}: FieldPlace<number | undefined> & {
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
      read={(text) => parseAmount(text, unit)}
    />
  );
}

/** A whole number: people, vehicles, meetings. */
export function CountInput({
  label,
  value,
  ...field
}: FieldPlace<number> & { label: string; value: number }) {
  return (
    <FigureInput
      {...field}
      label={label}
      shown={String(value)}
      inputMode="numeric"
      fault="不是整数，尚未存入"
      read={(text) =>
        /^\d{1,7}$/u.test(text.trim()) ? { ok: true, value: Number(text) } : { ok: false }
      }
    />
  );
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
      <Input
        {...input}
        aria-label={label}
        status={isReadable ? "" : "error"}
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
  isLabelled = false,
  ...field
}: FieldPlace<Value> & {
  label: string;
  /** Where the label is in the head of a column. */
  isLabelled?: boolean;
  shown: string;
  read: (text: string) => { ok: true; value: Value } | { ok: false };
  fault: string;
  inputMode: "decimal" | "numeric";
  suffix?: string;
}) {
  const help = useId();
  const { isReadable, input } = useTypedField({ ...field, shown, read });
  return (
    <div>
      <label>
        {!isLabelled && label}
        <Input
          {...input}
          aria-label={isLabelled ? label : undefined}
          inputMode={inputMode}
          suffix={suffix}
          status={isReadable ? "" : "error"}
          aria-invalid={!isReadable}
          aria-describedby={isReadable ? undefined : help}
          styles={{ input: { textAlign: "right" } }}
        />
      </label>
      {!isReadable && (
        <small id={help} className="late" role="status">
          {fault}
        </small>
      )}
    </div>
  );
}
