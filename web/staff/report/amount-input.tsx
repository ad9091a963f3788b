import { Input } from "antd";
import { useState } from "react";
import { parseAmount, printHundredths, printWan, type AmountUnit } from "../../../shared/money.ts";

/** An amount in 分, typed in the report's unit; what cannot be read stays visible until mended. */
export function AmountInput({
  label,
  value,
  unit,
  disabled,
  onChange,
}: {
  label: string;
  value: number | undefined;
  unit: AmountUnit;
  disabled: boolean;
  onChange: (fen: number | undefined) => void;
}) {
  const [typed, setTyped] = useState<string>();
  const shown =
    value === undefined ? "" : unit === "wan" ? printWan(value) : printHundredths(value);
  const read = typed === undefined ? undefined : parseAmount(typed, unit);
  return (
    <label>
      {label}
      <Input
        value={typed ?? shown}
        disabled={disabled}
        inputMode="decimal"
        suffix={unit === "wan" ? "万元" : "元"}
        status={read?.ok === false ? "error" : ""}
        aria-invalid={read?.ok === false}
        styles={{ input: { textAlign: "right" } }}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={() => {
          if (read?.ok !== true) return;
          setTyped(undefined);
          if (read.value !== value) onChange(read.value);
        }}
      />
    </label>
  );
}

/** A whole number: people, vehicles, meetings. */
export function CountInput({
  label,
  value,
  disabled,
  onChange,
}: {
  label: string;
  value: number;
  disabled: boolean;
  onChange: (count: number) => void;
}) {
  const [typed, setTyped] = useState<string>();
  const valid = typed === undefined || /^\d{1,7}$/u.test(typed.trim());
  return (
    <label>
      {label}
      <Input
        value={typed ?? String(value)}
        disabled={disabled}
        inputMode="numeric"
        status={valid ? "" : "error"}
        aria-invalid={!valid}
        styles={{ input: { textAlign: "right" } }}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={() => {
          if (typed === undefined || !valid) return;
          setTyped(undefined);
          onChange(Number(typed));
        }}
      />
    </label>
  );
}
