import { Button, Checkbox, Input, Select } from "antd";
import type { EditionData } from "../../../shared/editions/edition-data.ts";
import type { TableId } from "../../../shared/forms/form.ts";
import type { ListDefinition } from "../../../shared/forms/sentences-schema.ts";
import type { SentencesFault } from "../../../shared/narrative/template/compiler.ts";
import { SourcePathInput } from "./source-path-input.tsx";
import type { SourcePath } from "./source-paths.ts";
import { kindOfList, listKinds, listOf } from "./quantity-text.ts";
import { templateOf, templateText } from "./sentence-places.ts";
import { marksOf, TemplateInput, type Suggestion } from "./template-input.tsx";
import { Several } from "./several.tsx";
import { isList } from "../../../shared/read-only.ts";

/** What a list (列表) is of, which of its entries are left out, and which are named whatever happens. */
export function ListEditor({
  name,
  list,
  data,
  sourcePaths,
  suggestions,
  faults,
  onChange,
}: {
  name: string;
  list: ListDefinition;
  data: EditionData;
  sourcePaths: readonly SourcePath[];
  suggestions: readonly Suggestion[];
  faults: readonly SentencesFault[];
  onChange: (list: ListDefinition) => void;
}) {
  const names = Object.keys(data.sentences.quantities);
  const { when, always = [] } = list;
  return (
    <>
      <div className="edition-fields edition-top">
        <label>
          列表的内容
          <Select
            className="edition-kind"
            value={kindOfList(list)}
            options={Object.entries(listKinds).map(([value, label]) => ({ value, label }))}
            onChange={(kind) => onChange(listOf(kind, list, names[0] ?? ""))}
          />
        </label>
        <EntriesFields list={list} data={data} sourcePaths={sourcePaths} onChange={onChange} />
      </div>
      <div className="edition-when">
        只列出符合条件的项（可不填）
        <TemplateInput
          label={`列表 ${name} 的条件`}
          value={templateText(when) ?? ""}
          suggestions={suggestions}
          marks={marksOf(faults)}
          onChange={(text) => {
            const { when: _, ...rest } = list;
            onChange(text === "" ? rest : { ...rest, when: templateOf(text) });
          }}
        />
      </div>
      <label className="edition-wide">
        不论条件都列出的项（编号或数字的名称，可不填）
        <Select
          mode="tags"
          value={[...always]}
          options={keysOf(list).map((value) => ({ value, label: value }))}
          onChange={(next) => {
            const { always: _, ...rest } = list;
            onChange(next.length === 0 ? rest : { ...rest, always: next });
          }}
        />
      </label>
    </>
  );
}

function keysOf(list: ListDefinition): readonly string[] {
  if ("quantities" in list) {
    return isList(list.quantities) ? list.quantities : Object.keys(list.quantities);
  }
  if ("keys" in list) return Object.keys(list.keys);
  return "economicCodes" in list ? list.economicCodes : [];
}

interface FieldsProps {
  readonly list: ListDefinition;
  readonly data: EditionData;
  readonly sourcePaths: readonly SourcePath[];
  readonly onChange: (list: ListDefinition) => void;
}

function EntriesFields({ list, data, sourcePaths, onChange }: FieldsProps) {
  const tables = data.forms.map(({ id, number, title }) => ({
    value: id,
    label: `${number ?? ""} ${title}`.trim(),
  }));
  const economic = Object.entries(data.economicCodes).map(([value, title]) => ({
    value,
    label: `${value} ${title}`,
  }));
  if ("quantities" in list) return <QuantityNames {...{ list, data, onChange }} />;
  if ("keys" in list) return <KeyedNames list={list} onChange={onChange} />;
  if ("economicCodes" in list) {
    return (
      <Several
        label="科目"
        value={list.economicCodes}
        options={economic}
        onChange={(economicCodes) => onChange({ ...list, economicCodes })}
      />
    );
  }
  if ("economicRows" in list) {
    return (
      <>
        <TableSelect
          value={list.economicRows}
          options={tables}
          onChange={(economicRows) => onChange({ ...list, economicRows })}
        />
        <Several
          label="类"
          value={list.classes}
          options={economic.filter(({ value }) => value.length === 3)}
          onChange={(classes) => onChange({ ...list, classes })}
        />
      </>
    );
  }
  if ("functionCodes" in list) {
    return <FunctionCodes {...{ list, tables, onChange }} />;
  }
  return (
    <SourcePathInput
      label="哪一个清单"
      value={list.entries}
      sourcePaths={sourcePaths.filter(({ kind }) => kind === "list")}
      onChange={(entries) => onChange({ ...list, entries })}
    />
  );
}

type Of<Member extends string> = Extract<ListDefinition, Readonly<Record<Member, unknown>>>;

function QuantityNames({
  list,
  data,
  onChange,
}: {
  list: Of<"quantities">;
  data: EditionData;
  onChange: (list: ListDefinition) => void;
}) {
  const { quantities } = list;
  const printed: Readonly<Record<string, string>> = isList(quantities)
    ? Object.fromEntries(quantities.map((one) => [one, ""]))
    : quantities;
  const set = (next: Readonly<Record<string, string>>) => {
    const isPlain = Object.values(next).every((name) => name === "");
    onChange({
      ...list,
      quantities: isPlain
        ? Object.keys(next)
        : Object.fromEntries(Object.entries(next).map(([key, name]) => [key, name || key])),
    });
  };
  return (
    <div className="edition-grow">
      <Several
        label="数字（按列出的顺序）"
        value={Object.keys(printed)}
        options={Object.keys(data.sentences.quantities).map((value) => ({ value, label: value }))}
        onChange={(names) => set(Object.fromEntries(names.map((one) => [one, printed[one] ?? ""])))}
      />
      <details className="edition-printed-as">
        <summary>印出的叫法与数字的名称不同时，在此填写</summary>
        {Object.entries(printed).map(([key, name]) => (
          <label key={key} className="edition-pair">
            {key}
            <Input
              size="small"
              value={name === key ? "" : name}
              placeholder={key}
              onChange={({ target }) => set({ ...printed, [key]: target.value })}
            />
          </label>
        ))}
      </details>
    </div>
  );
}

function KeyedNames({
  list,
  onChange,
}: {
  list: Of<"keys">;
  onChange: (list: ListDefinition) => void;
}) {
  const entries = Object.entries(list.keys);
  const set = (next: readonly (readonly [string, string])[]) =>
    onChange({ ...list, keys: Object.fromEntries(next) });
  return (
    <div className="edition-grow">
      <span>行（栏、等级）的编号和印出的叫法</span>
      {entries.map(([key, name], index) => (
        <div key={index} className="edition-pair">
          <Input
            size="small"
            aria-label={`第 ${String(index + 1)} 项的编号`}
            value={key}
            onChange={({ target }) => set(entries.with(index, [target.value, name]))}
          />
          <Input
            size="small"
            aria-label={`第 ${String(index + 1)} 项的叫法`}
            value={name}
            onChange={({ target }) => set(entries.with(index, [key, target.value]))}
          />
          <Button
            size="small"
            disabled={entries.length === 1}
            aria-label={`删去第 ${String(index + 1)} 项`}
            onClick={() => set(entries.toSpliced(index, 1))}
          >
            删去
          </Button>
        </div>
      ))}
      <Button
        size="small"
        disabled={"" in list.keys}
        onClick={() => set([...entries, ["", "新的一项"]])}
      >
        增加一项
      </Button>
    </div>
  );
}

function FunctionCodes({
  list,
  tables,
  onChange,
}: {
  list: Of<"functionCodes">;
  tables: { value: TableId; label: string }[];
  onChange: (list: ListDefinition) => void;
}) {
  return (
    <>
      <TableSelect
        value={list.functionCodes}
        options={tables}
        onChange={(functionCodes) => onChange({ ...list, functionCodes })}
      />
      <label>
        级次
        <Select
          value={list.level}
          options={[
            { value: "class", label: "各类" },
            { value: "lowest", label: "最末级" },
          ]}
          onChange={(level) => onChange({ ...list, level })}
        />
      </label>
      <label>
        预算
        <Select
          className="edition-unit"
          value={list.budget ?? "all"}
          options={[
            { value: "all", label: "全部" },
            { value: "general", label: "一般公共预算" },
            { value: "fund", label: "政府性基金" },
            { value: "capital", label: "国有资本经营" },
          ]}
          onChange={(budget) => {
            const { budget: _, ...rest } = list;
            onChange(budget === "all" ? rest : { ...rest, budget });
          }}
        />
      </label>
      <Checkbox
        checked={list.levelNames === true}
        onChange={({ target }) => {
          const { levelNames: _, ...rest } = list;
          onChange(target.checked ? { ...rest, levelNames: true } : rest);
        }}
      >
        各级名称写全（类、款、项）
      </Checkbox>
    </>
  );
}

function TableSelect({
  value,
  options,
  onChange,
}: {
  value: TableId;
  options: { value: TableId; label: string }[];
  onChange: (value: TableId) => void;
}) {
  return (
    <label>
      哪一张表
      <Select className="edition-kind" value={value} options={options} onChange={onChange} />
    </label>
  );
}
