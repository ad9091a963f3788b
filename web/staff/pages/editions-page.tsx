import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { Button, Form, Input, InputNumber, Select } from "antd";
import { useState, type ReactNode } from "react";
import { z } from "zod";
import type { OwnEditionView } from "../../../shared/contract/responses.ts";
import { refusalText, useOfferedEditions } from "../api/queries.ts";
import { DataTable } from "../app/data-table.tsx";
import { modal } from "../app/feedback.tsx";
import { giveUpQuestion } from "../app/give-up-question.ts";
import { Failure, Loading } from "../app/placeholders.tsx";
import { useSigned } from "../app/session-context.ts";
import { WritingDialog } from "../app/writing-dialog.tsx";
import { useKeptForm } from "../editing/use-kept-form.ts";
import "../editions/editions.css";

/** 版式: the bureau's own editions and those shipped, from which another is derived. */
export function EditionsPage(): ReactNode {
  const { region } = useParams({ from: "/editions/$region" });
  const { api } = useSigned();
  const own = useQuery({
    queryKey: ["own-editions", region],
    queryFn: () => api.get(`/regions/${region}/own-editions`, "ownEditionsResponse"),
  });
  const offered = useOfferedEditions(region);
  const [deriving, setDeriving] = useState<string>();
  const failed = own.error ?? offered.error;
  if (failed !== null) return <Failure error={failed} />;
  if (!own.data || !offered.data) return <Loading />;
  const items = own.data.items.filter(({ discarded }) => discarded !== true);
  const bases = offered.data.items;
  const shipped = bases.filter(({ id }) => !id.includes("."));
  return (
    <>
      <title>版式 · 决算编审</title>
      <h1 className="page-title">版式</h1>
      <section className="panel edition-scrolling" aria-label="本地版式">
        <h2>
          本地版式 <span className="quiet">{items.length}</span>
          <Button
            size="small"
            type="primary"
            className="beside"
            onClick={() => setDeriving(usualBase(bases))}
          >
            派生新版式
          </Button>
        </h2>
        <DataTable
          label="本地版式"
          rows={items}
          empty="还没有本地版式。可从全国或其他地区的版式派生，只改不同的地方。"
          keyOf={({ key }) => key}
          columns={[
            { title: "年度", width: 80, cell: ({ year }) => year },
            {
              title: "名称",
              cell: ({ key, name }) => (
                <Link to="/editions/$region/$key/$part" params={{ region, key, part: "settings" }}>
                  {name}
                </Link>
              ),
            },
            { title: "状态", width: 130, cell: (edition) => <EditionState edition={edition} /> },
            { title: "编号", width: 160, cell: ({ key }) => <code>{key}</code> },
            {
              title: "操作",
              width: 100,
              cell: (edition) => {
                const latest = edition.versions.at(-1);
                return latest === undefined ? (
                  <GiveUp region={region} edition={edition} />
                ) : (
                  <Button size="small" onClick={() => setDeriving(latest.id)}>
                    由此派生
                  </Button>
                );
              },
            },
          ]}
        />
      </section>
      <section className="panel edition-scrolling" aria-label="系统自带的版式">
        <h2>
          系统自带的版式 <span className="quiet">{shipped.length}</span>
        </h2>
        <DataTable
          label="系统自带的版式"
          rows={[...shipped].sort((a, b) => b.year - a.year)}
          empty="没有自带的版式。"
          keyOf={({ id }) => id}
          columns={[
            { title: "年度", width: 80, cell: ({ year }) => year },
            { title: "名称", cell: ({ name }) => name },
            { title: "编号", width: 160, cell: ({ id }) => <code>{id}</code> },
            {
              title: "操作",
              width: 100,
              cell: ({ id }) => (
                <Button size="small" onClick={() => setDeriving(id)}>
                  由此派生
                </Button>
              ),
            },
          ]}
        />
      </section>
      {deriving !== undefined && (
        <DeriveDialog
          region={region}
          base={deriving}
          bases={bases}
          onClose={() => setDeriving(undefined)}
        />
      )}
    </>
  );
}

/** The bureau's latest own edition, or else the first of the latest year that is shipped. */
function usualBase(bases: readonly { id: string; year: number }[]): string | undefined {
  const own = bases.filter(({ id }) => id.includes("."));
  const known = own.length > 0 ? own : bases;
  const latest = Math.max(...known.map(({ year }) => year));
  return known.find(({ year }) => year === latest)?.id;
}

function EditionState({ edition: { versions } }: { edition: OwnEditionView }) {
  return versions.length === 0 ? (
    <span className="chip absent">草稿</span>
  ) : (
    <span className="chip approved">使用中 第 {versions.length} 版</span>
  );
}

/** Gives up an edition that was never in use; reports may need any other. */
function GiveUp({ region, edition }: { region: string; edition: OwnEditionView }) {
  const { api } = useSigned();
  const queries = useQueryClient();
  const { key, name, version } = edition;
  const giveUp = async () => {
    try {
      await api.send(
        "POST",
        `/regions/${region}/own-editions/${key}/discard`,
        { version },
        "ownEditionResponse",
      );
    } catch (error) {
      modal.warning({ title: "没有放弃", content: refusalText(error) });
    }
    await queries.invalidateQueries({ queryKey: ["own-editions"] });
  };
  return (
    <Button
      size="small"
      aria-label={`放弃 ${name}`}
      onClick={() => {
        modal.confirm(
          giveUpQuestion({
            title: `放弃版式“${name}”？`,
            content: "草稿从未启用。放弃后不能再修改或启用，编号也不能再用。",
            keep: "不放弃",
            onGiveUp: () => void giveUp(),
          }),
        );
      }}
    >
      放弃
    </Button>
  );
}

const deriveSchema = z.object({
  base: z.string().optional(),
  name: z.string().optional(),
  key: z.string().optional(),
  year: z.number().optional(),
});
type DeriveForm = z.infer<typeof deriveSchema>;

function DeriveDialog({
  region,
  base,
  bases,
  onClose,
}: {
  region: string;
  base: string;
  bases: readonly { id: string; name: string; year: number }[];
  onClose: () => void;
}) {
  const { api } = useSigned();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [form] = Form.useForm<DeriveForm>();
  const kept = useKeptForm(`editions/${region}`, "derive", {
    schema: deriveSchema,
    version: 0,
    stored: { base, year: (bases.find(({ id }) => id === base)?.year ?? 0) + 1 },
  });
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string>();
  const derive = async ({ base: from, name, key, year }: DeriveForm) => {
    setBusy(true);
    setRefused(undefined);
    try {
      await api.send(
        "PUT",
        `/regions/${region}/own-editions/${key ?? ""}`,
        { base: from, changes: { name, year }, version: 0 },
        "ownEditionResponse",
      );
      await queries.invalidateQueries({ queryKey: ["own-editions"] });
      kept.clear();
      await navigate({
        to: "/editions/$region/$key/$part",
        params: { region, key: key ?? "", part: "settings" },
      });
    } catch (error) {
      setRefused(refusalText(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <WritingDialog
      title="派生新版式"
      okText="派生"
      confirmLoading={busy}
      isWritten={kept.isWritten}
      onDiscard={kept.clear}
      onClose={onClose}
      onOk={() => form.submit()}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={kept.initialValues}
        onValuesChange={() => kept.keep(form.getFieldsValue())}
        onFinish={(values) => void derive(values)}
      >
        <Form.Item name="base" label="基础版式" rules={[{ required: true }]}>
          <Select
            showSearch={{ optionFilterProp: "label" }}
            options={bases.map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Form.Item>
        <Form.Item
          name="name"
          label="名称"
          rules={[{ required: true, message: "请填写名称，例如 南岭市2025年度部门决算公开" }]}
        >
          <Input maxLength={60} placeholder="南岭市2025年度部门决算公开" />
        </Form.Item>
        <div className="form-row">
          <Form.Item
            name="year"
            label="适用年度"
            rules={[{ required: true, message: "请填写年份" }]}
          >
            <InputNumber min={2000} max={2100} />
          </Form.Item>
          <Form.Item
            name="key"
            label="编号"
            rules={[
              {
                required: true,
                pattern: /^[a-z0-9-]{3,40}$/u,
                message: "3 至 40 个小写字母、数字或连字符，例如 nanling-2025",
              },
            ]}
          >
            <Input maxLength={40} placeholder="nanling-2025" />
          </Form.Item>
        </div>
      </Form>
      {refused !== undefined && (
        <p className="notice error" role="alert">
          {refused}
        </p>
      )}
    </WritingDialog>
  );
}
