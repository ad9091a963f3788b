import { useId, type KeyboardEvent, type ReactNode } from "react";
import { proseCharacters } from "../../../shared/report/section-bounds.ts";
import { parsePoints } from "../../../shared/report/self-evaluation.ts";
import { parseTyped, printExact, printHundredths } from "../../../shared/money.ts";
import { stateOf } from "./finding-place.ts";
import { FieldFinding, useFieldFinding } from "./field-findings.tsx";
import { useTypedField, type FieldPlace } from "./use-typed-field.ts";
import "./box-field.css";

/** Boxes of a form that is filled in as on paper: without frames of their own, named by the heads around them. */

interface Box<Value> extends FieldPlace<Value> {
  /** What the heads around it say, for who does not see them. */
  readonly label: string;
}

/** Words in a box; the box grows with them. */
export function TextBox({
  label,
  text,
  most = proseCharacters,
  isRequired = false,
  ...field
}: Box<string> & { readonly text: string; readonly most?: number; readonly isRequired?: boolean }) {
  const { isReadable, input } = useTypedField({
    ...field,
    shown: text,
    read: (typed) => {
      const value = typed.trim();
      return value.length > most || (isRequired && value === "")
        ? { ok: false }
        : { ok: true, value };
    },
    isProse: true,
  });
  const fault = isRequired ? `不能为空，也不能超过${String(most)}字` : `超过${String(most)}字`;
  return (
    <BoxFrame name={input["data-field"]} fault={isReadable ? undefined : `${fault}，尚未存入`}>
      {(described) => <textarea rows={1} aria-label={label} {...input} {...described} />}
    </BoxFrame>
  );
}

/** A line an entry; blank lines are none. */
export const LinesBox = ({
  lines,
  onChange,
  ...box
}: Omit<Box<string>, "onChange"> & {
  readonly lines: readonly string[];
  readonly onChange: (lines: string[]) => void;
}) => (
  <TextBox
    {...box}
    text={lines.join("\n")}
    most={linesCharacters}
    onChange={(text) => onChange(linesOf(text))}
  />
);

/** All lines together; the server bounds each of them, and their number. */
const linesCharacters = 60_000;

const linesOf = (text: string): string[] =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");

/** A figure in a box; nothing typed is none. */
function FigureBox({
  label,
  shown,
  read,
  fault,
  ...field
}: Box<number | undefined> & {
  readonly shown: string;
  readonly read: (text: string) => { ok: true; value: number | undefined } | { ok: false };
  readonly fault: string;
}) {
  const { isReadable, input } = useTypedField({ ...field, shown, read });
  return (
    <BoxFrame name={input["data-field"]} fault={isReadable ? undefined : fault}>
      {(described) => (
        <input
          type="text"
          inputMode="decimal"
          aria-label={label}
          autoComplete="off"
          {...input}
          {...described}
        />
      )}
    </BoxFrame>
  );
}

/** 分值 or 得分, in hundredths of a point. */
export const PointsBox = ({
  points,
  ...box
}: Box<number | undefined> & { points: number | undefined }) => (
  <FigureBox
    {...box}
    shown={points === undefined ? "" : printHundredths(points, { trim: true })}
    read={(text) => parsePoints(text)}
    fault="应为 0 至 100 分，最多两位小数，尚未存入"
  />
);

/** An amount in 万元; a unit that is typed with it is understood. */
export const WanBox = ({ fen, ...box }: Box<number | undefined> & { fen: number | undefined }) => (
  <FigureBox
    {...box}
    shown={fen === undefined ? "" : printExact(fen, "wan")}
    read={(text) => parseTyped(text, "wan")}
    fault="不是金额，尚未存入"
  />
);

/** What a number of things is. */
export const CountBox = ({
  count,
  ...box
}: Box<number | undefined> & { count: number | undefined }) => (
  <FigureBox
    {...box}
    shown={count === undefined ? "" : String(count)}
    read={(text) => {
      const plain = text.normalize("NFKC").trim();
      if (plain === "") return { ok: true, value: undefined };
      return /^\d{1,7}$/u.test(plain) ? { ok: true, value: Number(plain) } : { ok: false };
    }}
    fault="不是整数，尚未存入"
  />
);

/** A box with what is wrong in it, shown while one is in it or points to it. */
function BoxFrame({
  name,
  fault,
  children,
}: {
  name: string;
  fault: string | undefined;
  children: (described: {
    readonly "aria-invalid": boolean;
    readonly "aria-describedby": string | undefined;
  }) => ReactNode;
}) {
  const help = useId();
  const finding = useFieldFinding(name);
  const isWrong = fault !== undefined || (finding !== undefined && stateOf(finding) === "error");
  const state = fault !== undefined ? "error" : finding && stateOf(finding);
  return (
    <span className={state === undefined ? "box" : `box ${state}`}>
      {children({
        "aria-invalid": isWrong,
        "aria-describedby": state === undefined ? undefined : help,
      })}
      {fault === undefined ? (
        <FieldFinding id={help} finding={finding} />
      ) : (
        <small id={help} className="field-finding error" role="status">
          {fault}
        </small>
      )}
    </span>
  );
}

/** Enter goes on to the box below, as in a spreadsheet; a new line takes Alt or Shift. */
export function goToNextRow(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== "Enter" || event.altKey || event.shiftKey || event.nativeEvent.isComposing)
    return;
  const box = event.target as HTMLElement;
  const cell = box.closest("td");
  const row = cell?.closest("tr");
  if (!cell || !row) return;
  event.preventDefault();
  const below = row.nextElementSibling?.children[[...row.children].indexOf(cell)];
  // In the last row as well, what is typed is taken over.
  box.blur();
  (below?.querySelector<HTMLElement>("input, textarea") ?? box).focus();
}
