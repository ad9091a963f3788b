import { Button, Checkbox, Input } from "antd";
import { useMemo, useState } from "react";
import { Nothing } from "../app/placeholders.tsx";
import { CodeListImport } from "./code-list-import.tsx";
import type { EditionDesk } from "./use-edition-desk.ts";

/** Codes shown at once: the whole list has more than a thousand. */
const mostShown = 30;

/** Both classifications of expense, each with what the edition has otherwise than its base. */
export function CodesPart({ region, desk }: { region: string; desk: EditionDesk }) {
  const { data, base, change } = desk;
  return (
    <>
      <CodeTable
        title="支出功能分类科目"
        classification="functional"
        codes={data.functionCodes}
        ofBase={base.functionCodes}
        region={region}
        onChange={(functionCodes) => change({ ...data, functionCodes })}
      />
      <CodeTable
        title="部门预算支出经济分类科目"
        classification="economic"
        codes={data.economicCodes}
        ofBase={base.economicCodes}
        region={region}
        onChange={(economicCodes) => change({ ...data, economicCodes })}
      />
    </>
  );
}

type Codes = Readonly<Record<string, string>>;

interface CodeLine {
  readonly code: string;
  /** As the edition has it; absent where it was retired. */
  readonly name?: string;
  readonly state: "same" | "added" | "renamed" | "retired";
}

/** Every code of the edition and of its base, in order. */
function linesOf(codes: Codes, ofBase: Codes): readonly CodeLine[] {
  const all = [...new Set([...Object.keys(codes), ...Object.keys(ofBase)])].sort();
  return all.map((code): CodeLine => {
    const name = codes[code];
    const before = ofBase[code];
    if (name === undefined) return { code, state: "retired" };
    if (before === undefined) return { code, name, state: "added" };
    return { code, name, state: before === name ? "same" : "renamed" };
  });
}

/** Without a code and all that lie under it, which would have nothing to be added up in. */
const withoutLine = (codes: Codes, retired: string): Codes =>
  Object.fromEntries(Object.entries(codes).filter(([code]) => !code.startsWith(retired)));

/** A code and those above it. */
const linesAbove = (codes: Codes, code: string): Codes =>
  Object.fromEntries(Object.entries(codes).filter(([other]) => code.startsWith(other)));

const digitsOf = {
  functional: { pattern: /^\d{3}(?:\d{2}){0,2}$/u, text: "3 位（类）、5 位（款）或 7 位（项）" },
  economic: { pattern: /^\d{3}(?:\d{2})?$/u, text: "3 位（类）或 5 位（款）" },
} as const;

/** A table of codes: found by code or name, added, renamed, retired and taken back. */
function CodeTable({
  title,
  classification,
  codes,
  ofBase,
  region,
  onChange,
}: {
  title: string;
  classification: keyof typeof digitsOf;
  codes: Codes;
  ofBase: Codes;
  region: string;
  onChange: (codes: Codes) => void;
}) {
  const [search, setSearch] = useState("");
  const [isOnlyChanged, setOnlyChanged] = useState(false);
  const lines = useMemo(() => linesOf(codes, ofBase), [codes, ofBase]);
  const changed = lines.filter(({ state }) => state !== "same");
  const found = (isOnlyChanged ? changed : lines).filter(
    ({ code, name = ofBase[code] ?? "" }) => code.startsWith(search) || name.includes(search),
  );
  return (
    <section className="panel" aria-label={title}>
      <h2>
        {title} <span className="quiet">{Object.keys(codes).length} 个</span>
        <Input.Search
          className="beside edition-search"
          allowClear
          placeholder="按编码或名称查找"
          aria-label={`查找${title}`}
          value={search}
          onChange={({ target }) => setSearch(target.value)}
        />
      </h2>
      <div className="edition-fields">
        <CodeListImport
          region={region}
          classification={classification}
          codes={codes}
          onTake={(taken) => onChange({ ...codes, ...taken })}
        />
        <AddCode
          {...{ classification, codes }}
          onAdd={(added) => onChange({ ...codes, ...added })}
        />
      </div>
      <Checkbox checked={isOnlyChanged} onChange={({ target }) => setOnlyChanged(target.checked)}>
        只看与基础版式不同的（{changed.length} 个）
      </Checkbox>
      {found.length === 0 && <Nothing>没有这样的科目。</Nothing>}
      <ul className="edition-list edition-codes">
        {found.slice(0, mostShown).map((line) => (
          <CodeItem
            key={line.code}
            line={line}
            before={ofBase[line.code]}
            onName={(name) => onChange({ ...codes, [line.code]: name })}
            onRetire={() => onChange(withoutLine(codes, line.code))}
            onRestore={() => onChange({ ...linesAbove(ofBase, line.code), ...codes })}
          />
        ))}
      </ul>
      {found.length > mostShown && (
        <p className="quiet">另有 {found.length - mostShown} 个，请再缩小查找范围。</p>
      )}
    </section>
  );
}

const stateName = { added: "新增", renamed: "改名", retired: "停用" } as const;
const stateChip = { added: "approved", renamed: "open", retired: "failed" } as const;

function CodeItem({
  line: { code, name, state },
  before,
  onName,
  onRetire,
  onRestore,
}: {
  line: CodeLine;
  before: string | undefined;
  onName: (name: string) => void;
  onRetire: () => void;
  onRestore: () => void;
}) {
  return (
    <li>
      <code className={`edition-level-${String(code.length)}`}>{code}</code>
      {name === undefined ? (
        <del className="edition-line">{before}</del>
      ) : (
        <Input
          aria-label={`${code} 的名称`}
          value={name}
          onChange={({ target }) => onName(target.value)}
        />
      )}
      {state !== "same" && (
        <span
          className={`chip ${stateChip[state]} nowrap`}
          title={state === "renamed" ? `原为“${before ?? ""}”` : undefined}
        >
          {stateName[state]}
        </span>
      )}
      {state === "renamed" && before !== undefined && (
        <Button size="small" aria-label={`${code} 恢复原名`} onClick={() => onName(before)}>
          恢复原名
        </Button>
      )}
      {name === undefined ? (
        <Button size="small" aria-label={`恢复 ${code}`} onClick={onRestore}>
          恢复
        </Button>
      ) : (
        <Button
          size="small"
          aria-label={`${state === "added" ? "删去" : "停用"} ${code}`}
          onClick={onRetire}
        >
          {state === "added" ? "删去" : "停用"}
        </Button>
      )}
    </li>
  );
}

function AddCode({
  classification,
  codes,
  onAdd,
}: {
  classification: keyof typeof digitsOf;
  codes: Codes;
  onAdd: (added: Codes) => void;
}) {
  const [code, setCode] = useState("");
  const [name, setName] = useState("");
  const fault = code === "" ? undefined : codeFault(code, classification, codes);
  return (
    <>
      <label>
        新科目编码
        <Input
          inputMode="numeric"
          value={code}
          status={fault === undefined ? "" : "error"}
          onChange={({ target }) => setCode(target.value.trim())}
        />
      </label>
      <label className="edition-grow">
        名称
        <Input value={name} onChange={({ target }) => setName(target.value)} />
      </label>
      <Button
        disabled={code === "" || name.trim() === "" || fault !== undefined}
        onClick={() => {
          onAdd({ [code]: name.trim() });
          setCode("");
          setName("");
        }}
      >
        增加
      </Button>
      {fault !== undefined && (
        <p className="template-fault edition-whole" role="alert">
          {fault}
        </p>
      )}
    </>
  );
}

function codeFault(
  code: string,
  classification: keyof typeof digitsOf,
  codes: Codes,
): string | undefined {
  const { pattern, text } = digitsOf[classification];
  if (!pattern.test(code)) return `编码为 ${text}数字。`;
  if (code in codes) return "已有这个编码，请在下面改它的名称。";
  const parent = code.slice(0, -2);
  return code.length > 3 && !(parent in codes)
    ? `没有上级科目 ${parent}，请先增加上级科目。`
    : undefined;
}
