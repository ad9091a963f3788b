import { App, Button, Input, Select, Switch } from "antd";
import { useState } from "react";
import type { EditionData } from "../../../shared/editions/edition-data.ts";
import { omit } from "../../../shared/omit.ts";
import { DataTable } from "../app/data-table.tsx";
import {
  freeKey,
  moved,
  replaced,
  withCopyOf,
  withForm,
  without,
  withoutForm,
  type FormData,
} from "./changed-data.ts";
import { HeadEditor } from "./head-editor.tsx";
import { RelationsEditor } from "./relations-editor.tsx";
import { RowsEditor } from "./rows-editor.tsx";
import type { EditionDesk } from "./use-edition-desk.ts";

/** The tables of an edition: their order, titles and whether they are printed; one of them opened with all it has. */
export function TablesPart({ desk }: { desk: EditionDesk }) {
  const { data, change } = desk;
  const { modal } = App.useApp();
  const [opened, setOpened] = useState<string>();
  const form = data.forms.find(({ id }) => id === opened);
  const remove = (one: FormData) => {
    modal.confirm({
      title: `删去${one.number ?? ""}《${one.title}》？`,
      content: "说明文字和勾稽关系中用到这张表的地方会成为问题，须一并修改。可用“放弃修改”恢复。",
      okText: "删去",
      cancelText: "不删",
      onOk: () => {
        if (opened === one.id) setOpened(undefined);
        change(withoutForm(data, one.id));
      },
    });
  };
  return (
    <>
      <section className="panel" aria-label="报表">
        <h2>
          报表 <span className="quiet">{data.forms.length} 张</span>
        </h2>
        <DataTable
          label="报表"
          rows={data.forms}
          empty="没有报表。"
          keyOf={({ id }) => id}
          columns={[
            { title: "表号", width: 90, cell: ({ number }) => number ?? "—" },
            {
              title: "标题",
              cell: (one) => (
                <button type="button" className="link" onClick={() => setOpened(one.id)}>
                  {one.title}
                </button>
              ),
            },
            { title: "单位", width: 150, cell: ({ unitLabel }) => unitLabel },
            {
              title: "印出",
              width: 80,
              cell: (one) => (
                <Switch
                  size="small"
                  aria-label={`印出《${one.title}》`}
                  checked={one.unprinted !== true}
                  onChange={(isPrinted) => change(withForm(data, one.id, printed(one, isPrinted)))}
                />
              ),
            },
            {
              title: "操作",
              width: 250,
              cell: (one, index) => (
                <span className="edition-acts">
                  <Button
                    size="small"
                    aria-label={`上移《${one.title}》`}
                    disabled={index === 0}
                    onClick={() => change({ ...data, forms: moved(data.forms, index, -1) })}
                  >
                    ↑
                  </Button>
                  <Button
                    size="small"
                    aria-label={`下移《${one.title}》`}
                    disabled={index === data.forms.length - 1}
                    onClick={() => change({ ...data, forms: moved(data.forms, index, 1) })}
                  >
                    ↓
                  </Button>
                  <Button
                    size="small"
                    onClick={() => {
                      const copied = withCopyOf(data, one);
                      change(copied.data);
                      setOpened(copied.id);
                    }}
                  >
                    照此增加
                  </Button>
                  <Button size="small" danger onClick={() => remove(one)}>
                    删去
                  </Button>
                </span>
              ),
            },
          ]}
        />
      </section>
      {form !== undefined && (
        <FormPanel
          key={form.id}
          form={form}
          data={data}
          onChange={(next) => change(withForm(data, form.id, next))}
          onClose={() => setOpened(undefined)}
        />
      )}
      <RelationsEditor desk={desk} />
    </>
  );
}

const printed = (form: FormData, isPrinted: boolean): FormData =>
  isPrinted ? omit(form, "unprinted") : { ...form, unprinted: true };

function FormPanel({
  form,
  data,
  onChange,
  onClose,
}: {
  form: FormData;
  data: EditionData;
  onChange: (form: FormData) => void;
  onClose: () => void;
}) {
  const text = (member: "title" | "number" | "unitLabel", label: string) => (
    <label>
      {label}
      <Input
        value={form[member] ?? ""}
        onChange={({ target }) => onChange({ ...form, [member]: target.value })}
      />
    </label>
  );
  return (
    <section className="panel" aria-label={form.title}>
      <h2>
        {form.number} {form.title} <span className="quiet">编号 {form.id}</span>
        <Button size="small" className="beside" onClick={onClose}>
          收起
        </Button>
      </h2>
      <div className="edition-fields">
        {text("title", "标题")}
        {text("number", "表号")}
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
      </div>
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
      {form.blocks.map((block, index) => (
        <BlockEditor
          key={index}
          block={block}
          name={form.blocks.length === 1 ? "栏目和行" : `第 ${String(index + 1)} 栏组`}
          codes={data.economicCodes}
          onChange={(next) => onChange({ ...form, blocks: replaced(form.blocks, index, next) })}
        />
      ))}
    </section>
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

type Block = FormData["blocks"][number];

function BlockEditor({
  block,
  name,
  codes,
  onChange,
}: {
  block: Block;
  name: string;
  codes: EditionData["economicCodes"];
  onChange: (block: Block) => void;
}) {
  const { columns, rows } = block;
  return (
    <fieldset className="edition-block">
      <legend>{name}</legend>
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
            <Button
              size="small"
              disabled={columns.length === 1}
              onClick={() => onChange({ ...block, columns: without(columns, index) })}
            >
              删去
            </Button>
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
          codes={codes}
          onChange={(next) => onChange({ ...block, rows: next })}
        />
      )}
    </fieldset>
  );
}
