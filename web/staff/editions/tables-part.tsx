import { Button, Switch } from "antd";
import { useState } from "react";
import { omit } from "../../../shared/omit.ts";
import { DataTable } from "../app/data-table.tsx";
import {
  withCopyOf,
  withForm,
  withNewForm,
  withoutForm,
  type AddedForm,
  type FormData,
} from "./changed-data.ts";
import { FormPanel } from "./form-panel.tsx";
import { ListActs } from "./list-acts.tsx";
import { RelationsEditor } from "./relations-editor.tsx";
import { TakeForm } from "./take-form.tsx";
import type { EditionDesk } from "./use-edition-desk.ts";
import type { LoadedEdition } from "./use-loaded-edition.ts";
import { sourcesOf, useSources } from "./use-sources.ts";
import { modal } from "../app/feedback.tsx";

/** The tables of an edition: their order, titles and whether they are printed; one of them opened with all it has. */
export function TablesPart({
  region,
  desk,
  loaded,
}: {
  region: string;
  desk: EditionDesk;
  loaded: LoadedEdition;
}) {
  const { data, change } = desk;
  const [opened, setOpened] = useState<string>();
  const sources = useSources(desk);
  const [isTaking, setTaking] = useState(false);
  const take = (added: AddedForm) => {
    change(added.data);
    setOpened(added.id);
  };
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
      <section className="panel edition-scrolling" aria-label="报表">
        <h2>
          报表 <span className="quiet">{data.forms.length} 张</span>
          <span className="beside edition-acts">
            <Button size="small" onClick={() => setTaking(true)}>
              从别的版式取表
            </Button>
            <Button size="small" onClick={() => take(withNewForm(data))}>
              增加空表
            </Button>
          </span>
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
                  <ListActs
                    name={`《${one.title}》`}
                    list={data.forms}
                    index={index}
                    least={1}
                    onChange={(forms) => change({ ...data, forms })}
                    onRemove={() => remove(one)}
                  />
                  <Button size="small" onClick={() => take(withCopyOf(data, one))}>
                    照此增加
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
          source={sourcesOf(sources, "table", form.id)}
          onChange={(next) => change(withForm(data, form.id, next))}
          onClose={() => setOpened(undefined)}
        />
      )}
      <RelationsEditor desk={desk} loaded={loaded} />
      {isTaking && (
        <TakeForm
          region={region}
          data={data}
          onTake={(added) => {
            setTaking(false);
            take(added);
          }}
          onClose={() => setTaking(false)}
        />
      )}
    </>
  );
}

const printed = (form: FormData, isPrinted: boolean): FormData =>
  isPrinted ? omit(form, "unprinted") : { ...form, unprinted: true };
