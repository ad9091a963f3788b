import { Button, Checkbox, Input, Select } from "antd";
import type { ReactNode } from "react";
import type { EditionData } from "../../../shared/editions/edition-data.ts";
import type { TracedItem } from "../../../shared/editions/source-list.ts";
import { omit } from "../../../shared/omit.ts";
import { freeKey, replaced, type FormData } from "./changed-data.ts";
import { HeadEditor } from "./head-editor.tsx";
import { ListActs } from "./list-acts.tsx";
import { RowsEditor } from "./rows-editor.tsx";
import { SourceNote } from "./source-note.tsx";

/** One table with all it has: titles, notes, head, blocks with their columns and rows. */
export function FormPanel({
  form,
  data,
  source,
  onChange,
  onClose,
}: {
  form: FormData;
  data: EditionData;
  source: TracedItem | undefined;
  onChange: (form: FormData) => void;
  onClose: () => void;
}) {
  const { blocks } = form;
  return (
    <section className="panel" aria-label={form.title}>
      <h2>
        {form.number} {form.title} <span className="quiet">编号 {form.id}</span>
        <Button size="small" className="beside" onClick={onClose}>
          收起
        </Button>
      </h2>
      {source !== undefined && (
        <p className="quiet">
          <SourceNote item={source} />
        </p>
      )}
      <Titles form={form} onChange={onChange} />
      <label className="edition-wide">
        表下附注（一行一条）
        <Input.TextArea
          autoSize={{ minRows: 1, maxRows: 8 }}
          value={form.notes.join("\n")}
          onChange={({ target }) =>
            onChange({ ...form, notes: target.value === "" ? [] : target.value.split("\n") })
          }
        />
      </label>
      <BlankNote form={form} onChange={onChange} />
      <HeadEditor head={form.head} onChange={(head) => onChange({ ...form, head })} />
      {blocks.map((block, index) => (
        <BlockEditor
          key={index}
          block={block}
          name={blocks.length === 1 ? "栏目和行" : `第 ${String(index + 1)} 栏组`}
          codes={data.economicCodes}
          acts={
            blocks.length > 1 && (
              <ListActs
                name={`第 ${String(index + 1)} 栏组`}
                list={blocks}
                index={index}
                least={1}
                onChange={(next) => onChange({ ...form, blocks: next })}
              />
            )
          }
          onChange={(next) => onChange(withRightTotal(form, replaced(blocks, index, next)))}
        />
      ))}
      <Button
        size="small"
        onClick={() => onChange({ ...form, blocks: [...blocks, newBlock(blocks)] })}
      >
        在右边增加一个栏组
      </Button>
    </section>
  );
}

type Block = FormData["blocks"][number];

const isByCode = (blocks: readonly Block[]) =>
  blocks.some(({ rows }) => rows === "by-function-code");

/** A table by codes has its total row first or last; another has it among its rows. */
function withRightTotal(form: FormData, blocks: readonly Block[]): FormData {
  if (!isByCode(blocks)) return { ...omit(form, "totalRow"), blocks };
  return { ...form, blocks, totalRow: form.totalRow ?? "first" };
}

const newBlock = (blocks: readonly Block[]): Block => {
  const rows = blocks.flatMap((block) => (block.rows === "by-function-code" ? [] : block.rows));
  return {
    lead: ["name"],
    columns: [{ key: "final", name: "金额" }],
    rows: [{ key: freeKey(rows, "row"), name: "新的一行" }],
  };
};

function Titles({ form, onChange }: { form: FormData; onChange: (form: FormData) => void }) {
  const text = (member: "title" | "unitLabel", label: string, className?: string) => (
    <label className={className}>
      {label}
      <Input
        value={form[member]}
        onChange={({ target }) => onChange({ ...form, [member]: target.value })}
      />
    </label>
  );
  return (
    <div className="edition-fields">
      {text("title", "标题", "edition-grow")}
      <label>
        表号（不填则不印）
        <Input
          value={form.number ?? ""}
          onChange={({ target }) =>
            onChange(target.value === "" ? omit(form, "number") : { ...form, number: target.value })
          }
        />
      </label>
      {text("unitLabel", "金额单位")}
      <label>
        纸张方向
        <Select
          value={form.orientation}
          options={[
            { value: "portrait", label: "纵向" },
            { value: "landscape", label: "横向" },
          ]}
          onChange={(orientation) => onChange({ ...form, orientation })}
        />
      </label>
      <label>
        排法
        <Select
          className="edition-unit"
          value={form.layout ?? "upright"}
          options={[
            { value: "upright", label: "逐行" },
            { value: "transposed", label: "横排成一行" },
          ]}
          onChange={(layout) =>
            onChange(layout === "upright" ? omit(form, "layout") : { ...form, layout })
          }
        />
      </label>
      {isByCode(form.blocks) && (
        <label>
          合计行
          <Select
            className="edition-unit"
            value={form.totalRow ?? "first"}
            options={[
              { value: "first", label: "在最前" },
              { value: "last", label: "在最后" },
            ]}
            onChange={(totalRow) => onChange({ ...form, totalRow })}
          />
        </label>
      )}
      <Checkbox
        checked={form.columnNumbers === true}
        onChange={({ target }) =>
          onChange(target.checked ? { ...form, columnNumbers: true } : omit(form, "columnNumbers"))
        }
      >
        表头下印栏次
      </Checkbox>
    </div>
  );
}

function BlankNote({ form, onChange }: { form: FormData; onChange: (form: FormData) => void }) {
  const { blankNote, ...rest } = form;
  const when = blankNote?.when ?? "empty";
  return (
    <div className="edition-fields">
      <label className="edition-grow">
        空表说明（不填则不印）
        <Input
          value={blankNote?.text ?? ""}
          onChange={({ target }) =>
            onChange(
              target.value === "" ? rest : { ...rest, blankNote: { text: target.value, when } },
            )
          }
        />
      </label>
      <label>
        何时印出
        <Select
          value={when}
          disabled={blankNote === undefined}
          options={[
            { value: "empty", label: "仅在空表时" },
            { value: "always", label: "总是" },
          ]}
          onChange={(value) => {
            if (blankNote !== undefined) {
              onChange({ ...rest, blankNote: { text: blankNote.text, when: value } });
            }
          }}
        />
      </label>
    </div>
  );
}

const leadOptions = [
  { value: "name" as const, label: "项目名称" },
  { value: "line" as const, label: "行次" },
  { value: "code" as const, label: "科目编码" },
];

function BlockEditor({
  block,
  name,
  codes,
  acts,
  onChange,
}: {
  block: Block;
  name: string;
  codes: EditionData["economicCodes"];
  acts: ReactNode;
  onChange: (block: Block) => void;
}) {
  const { lead, columns, rows } = block;
  return (
    <fieldset className="edition-block">
      <legend>{name}</legend>
      {acts}
      <div className="edition-fields">
        <label className="edition-grow">
          数据栏之前的栏（按印出的顺序）
          <Select
            mode="multiple"
            value={[...lead]}
            options={leadOptions}
            onChange={(next: Block["lead"]) => onChange({ ...block, lead: next })}
          />
        </label>
        <label>
          行的来源
          <Select
            className="edition-kind"
            value={rows === "by-function-code" ? "codes" : "fixed"}
            options={[
              { value: "fixed", label: "固定的行" },
              { value: "codes", label: "支出功能分类科目，由单位填列" },
            ]}
            onChange={(kind) =>
              onChange({
                ...block,
                rows:
                  kind === "codes"
                    ? "by-function-code"
                    : [{ key: "total", name: "合计", total: true }],
              })
            }
          />
        </label>
      </div>
      <h4>数据栏</h4>
      <ul className="edition-list">
        {columns.map((column, index) => (
          <li key={index}>
            <Input
              aria-label={`第 ${String(index + 1)} 栏的名称`}
              value={column.name}
              onChange={({ target }) =>
                onChange({
                  ...block,
                  columns: replaced(columns, index, { ...column, name: target.value }),
                })
              }
            />
            <Input
              className="edition-key"
              aria-label={`第 ${String(index + 1)} 栏的编号`}
              value={column.key}
              onChange={({ target }) =>
                onChange({
                  ...block,
                  columns: replaced(columns, index, { ...column, key: target.value }),
                })
              }
            />
            <ListActs
              name={`第 ${String(index + 1)} 栏`}
              list={columns}
              index={index}
              least={1}
              onChange={(next) => onChange({ ...block, columns: next })}
            />
          </li>
        ))}
      </ul>
      <Button
        size="small"
        onClick={() =>
          onChange({
            ...block,
            columns: [...columns, { key: freeKey(columns, "column"), name: "新的一栏" }],
          })
        }
      >
        增加一栏
      </Button>
      <h4>行</h4>
      {rows === "by-function-code" ? (
        <p className="quiet">按支出功能分类科目列示，由各单位填列，合计行由系统给出。</p>
      ) : (
        <RowsEditor
          rows={rows}
          columns={columns}
          codes={codes}
          onChange={(next) => onChange({ ...block, rows: next })}
        />
      )}
    </fieldset>
  );
}
