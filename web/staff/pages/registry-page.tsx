import { useQueryClient } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { App, Button, Form, Input, Select } from "antd";
import { useState, type ReactNode } from "react";
import { z } from "zod";
import { yearResponse } from "../../../shared/contract/responses.ts";
import { yearStatusName } from "../../../shared/registry/registry-words.ts";
import {
  refusalText,
  useOfferedEditions,
  useGrants,
  useMembers,
  useOrgs,
  useYears,
} from "../api/queries.ts";
import { DataTable } from "../app/data-table.tsx";
import { useSigned } from "../app/session-context.ts";
import { Failure, Loading } from "../app/placeholders.tsx";
import { WritingDialog } from "../app/writing-dialog.tsx";
import { useKeptForm } from "../editing/use-kept-form.ts";
import { ChangesPanel } from "./registry-changes.tsx";
import { InvitationsPanel } from "../registry/invitations-panel.tsx";
import { ImportPanel } from "../registry/import-panel.tsx";
import { OrgTreePanel } from "../registry/org-tree.tsx";
import { GrantsPanel, PeoplePanel } from "./registry-people.tsx";

type Year = z.infer<typeof yearResponse>;

/** What the bureau's administrator keeps: years with their forms and deadlines, offices, people, and who changed what. */
export function RegistryPage(): ReactNode {
  const { region } = useParams({ from: "/registry/$region" });
  const years = useYears(region);
  const orgs = useOrgs(region);
  const members = useMembers(region);
  const grants = useGrants(region);
  const editions = useOfferedEditions(region);
  const [editing, setEditing] = useState<Year | "new">();
  const failed = years.error ?? orgs.error ?? members.error ?? grants.error ?? editions.error;
  if (failed !== null) return <Failure error={failed} />;
  if (!years.data || !orgs.data || !members.data || !grants.data || !editions.data) {
    return <Loading />;
  }
  const people = members.data.items;
  const names = new Map(orgs.data.items.map(({ code, name }) => [code, name]));
  const nameOf = (code: string) => names.get(code) ?? code;
  const editionName = (id: string) => offeredName(editions.data.items, id);
  return (
    <>
      <title>年度与单位 · 决算编审</title>
      <h1 className="page-title">年度与单位</h1>
      <GrantsPanel region={region} grants={grants.data.items} nameOf={nameOf} />
      <section className="panel" aria-label="年度">
        <h2>
          年度 <span className="quiet">{years.data.items.length}</span>
          <Button size="small" type="primary" className="beside" onClick={() => setEditing("new")}>
            开启新年度
          </Button>
        </h2>
        <DataTable
          label="年度"
          rows={[...years.data.items].sort((a, b) => b.year - a.year)}
          empty="还没有开启任何年度。"
          keyOf={({ year }) => String(year)}
          columns={[
            { title: "年度", width: 80, cell: ({ year }) => year },
            { title: "报表版式", cell: ({ edition }) => editionName(edition) },
            {
              title: "状态",
              width: 110,
              cell: ({ status }) => (
                <span className={`chip ${status === "open" ? "in_review" : "absent"}`}>
                  {yearStatusName[status]}
                </span>
              ),
            },
            { title: "单位报送期限", width: 130, cell: ({ unitDue }) => unitDue },
            { title: "部门报送期限", width: 130, cell: ({ departmentDue }) => departmentDue },
            { title: "批复期限", width: 130, cell: ({ bureauDue }) => bureauDue },
            {
              title: "操作",
              width: 80,
              cell: (year) => (
                <Button size="small" onClick={() => setEditing(year)}>
                  修改
                </Button>
              ),
            },
          ]}
        />
      </section>
      <ImportPanel
        region={region}
        years={years.data.items.map(({ year }) => year).sort((a, b) => b - a)}
      />
      <OrgTreePanel
        region={region}
        orgs={orgs.data.items}
        people={people}
        years={years.data.items.map(({ year }) => year).sort((a, b) => b - a)}
      />
      <InvitationsPanel region={region} orgs={orgs.data.items} nameOf={nameOf} />
      <PeoplePanel region={region} people={people} orgs={orgs.data.items} nameOf={nameOf} />
      <ChangesPanel region={region} names={{ org: nameOf, edition: editionName }} />
      {editing !== undefined && (
        <YearDialog
          region={region}
          year={editing === "new" ? undefined : editing}
          editions={editions.data.items}
          taken={years.data.items.map(({ year }) => year)}
          onClose={() => setEditing(undefined)}
        />
      )}
    </>
  );
}

/** An earlier version of an own edition is called what the one in use is. */
function offeredName(offered: readonly { id: string; name: string }[], id: string): string {
  const [key] = id.split(".");
  const found =
    offered.find((one) => one.id === id) ?? offered.find((one) => one.id.split(".")[0] === key);
  return found?.name ?? id;
}

const yearFormSchema = z.object({
  edition: z.string().optional(),
  year: z.string().optional(),
  status: z.enum(["open", "closed"]).optional(),
  unitDue: z.string().optional(),
  departmentDue: z.string().optional(),
  bureauDue: z.string().optional(),
  daily: z.enum(["yes", "no"]).optional(),
  departmentAfter: z.string().optional(),
  bureauAfter: z.string().optional(),
});
type YearForm = z.infer<typeof yearFormSchema>;

/** 催办 where a year says nothing else: daily, and those above learn of it on the first day. */
const usualReminders = { daily: true, departmentAfter: 1, bureauAfter: 1 };

const remindersForm = ({ daily, departmentAfter, bureauAfter } = usualReminders) => ({
  daily: daily ? ("yes" as const) : ("no" as const),
  ...{ departmentAfter: String(departmentAfter), bureauAfter: String(bureauAfter) },
});

const storedYear = ({
  edition,
  status,
  unitDue,
  departmentDue,
  bureauDue,
  reminders,
}: Year): YearForm => ({
  ...{ edition, status, unitDue, departmentDue, bureauDue },
  ...remindersForm(reminders),
});

function YearDialog({
  region,
  year,
  editions,
  taken,
  onClose,
}: {
  region: string;
  year: Year | undefined;
  editions: readonly { id: string; name: string; year: number }[];
  taken: readonly number[];
  onClose: () => void;
}) {
  const { api } = useSigned();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [form] = Form.useForm<YearForm>();
  const kept = useKeptForm(`registry/${region}`, `year/${String(year?.year ?? "")}`, {
    schema: yearFormSchema,
    version: year?.version ?? 0,
    stored: year === undefined ? { status: "open", ...remindersForm() } : storedYear(year),
  });
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string>();
  const save = async ({
    year: typed,
    daily,
    departmentAfter,
    bureauAfter,
    ...values
  }: YearForm) => {
    setBusy(true);
    setRefused(undefined);
    try {
      await api.send(
        "PUT",
        `/regions/${region}/years/${String(year?.year ?? typed ?? "")}`,
        {
          ...values,
          reminders: {
            daily: daily !== "no",
            departmentAfter: Number(departmentAfter),
            bureauAfter: Number(bureauAfter),
          },
          version: kept.version,
        },
        yearResponse,
      );
      await Promise.all(
        ["years", "registry"].map((key) => queries.invalidateQueries({ queryKey: [key] })),
      );
      void message.success(year === undefined ? "新年度已开启。" : "已保存。");
      kept.clear();
      onClose();
    } catch (error) {
      setRefused(refusalText(error));
    } finally {
      setBusy(false);
    }
  };
  const editionYear = (id: string) => editions.find((edition) => edition.id === id)?.year;
  const days = [{ required: true, pattern: /^(?:[1-9]|[1-5]\d|60)$/u, message: "请填写 1 至 60" }];
  const due = [{ required: true, pattern: /^\d{4}-\d\d-\d\d$/u, message: "请填写日期" }];
  return (
    <WritingDialog
      title={year === undefined ? "开启新年度" : `${String(year.year)} 年度`}
      okText={year === undefined ? "开启" : "保存"}
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
        onValuesChange={({ edition }: YearForm) => {
          const wanted = edition === undefined ? undefined : editionYear(edition);
          if (wanted !== undefined && year === undefined)
            form.setFieldsValue({ year: String(wanted) });
          kept.keep(form.getFieldsValue());
        }}
        onFinish={(values) => void save(values)}
      >
        <Form.Item
          name="edition"
          label="报表版式"
          rules={[{ required: true, message: "请选择报表版式" }]}
        >
          <Select
            showSearch={{ optionFilterProp: "label" }}
            options={editions.map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Form.Item>
        {year === undefined && (
          <Form.Item
            name="year"
            label="决算年度"
            rules={[
              { required: true, pattern: /^20\d\d$/u, message: "请填写四位年份" },
              {
                validator: (_, value: string) =>
                  taken.includes(Number(value))
                    ? Promise.reject(new Error("这个年度已经开启，请在列表中修改"))
                    : Promise.resolve(),
              },
            ]}
          >
            <Input inputMode="numeric" maxLength={4} />
          </Form.Item>
        )}
        <div className="form-row">
          <Form.Item name="unitDue" label="单位报送期限" rules={due}>
            <Input type="date" />
          </Form.Item>
          <Form.Item name="departmentDue" label="部门报送期限" rules={due}>
            <Input type="date" />
          </Form.Item>
          <Form.Item name="bureauDue" label="批复期限" rules={due}>
            <Input type="date" />
          </Form.Item>
        </div>
        <div className="form-row">
          <Form.Item name="daily" label="自动催办">
            <Select
              options={[
                { value: "yes", label: "每日：到期前 7、3、1 天，当天和逾期后" },
                { value: "no", label: "不自动催办" },
              ]}
            />
          </Form.Item>
          <Form.Item name="departmentAfter" label="逾期几天告知部门审核人" rules={days}>
            <Input inputMode="numeric" maxLength={2} />
          </Form.Item>
          <Form.Item name="bureauAfter" label="逾期几天告知财政管理员" rules={days}>
            <Input inputMode="numeric" maxLength={2} />
          </Form.Item>
        </div>
        <Form.Item name="status" label="状态">
          <Select
            options={(["open", "closed"] as const).map((value) => ({
              value,
              label: value === "open" ? "编报中" : "已关闭：不再建立新的报告",
            }))}
          />
        </Form.Item>
      </Form>
      {refused !== undefined && (
        <p className="notice error" role="alert">
          {refused}
        </p>
      )}
    </WritingDialog>
  );
}
