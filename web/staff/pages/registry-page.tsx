import { useQueryClient } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { App, Button, Form, Input, Modal, Select } from "antd";
import { useState, type ReactNode } from "react";
import type { z } from "zod";
import { yearResponse, type orgResponse } from "../../../shared/contract/responses.ts";
import { editions } from "../../../shared/forms/editions.ts";
import type { FiscalYear } from "../../../shared/registry/registry.ts";
import { yearStatusName } from "../../../shared/registry/registry-words.ts";
import { roleName } from "../../../shared/workflow/names.ts";
import { refusalText, useGrants, useMembers, useOrgs, useYears } from "../api/queries.ts";
import { DataTable } from "../app/data-table.tsx";
import { useSigned } from "../app/session-context.ts";
import { Failure, Loading } from "../app/standing-in.tsx";
import { ChangesPanel } from "./registry-changes.tsx";
import { GrantsPanel, PeoplePanel } from "./registry-people.tsx";

type OrgView = z.infer<typeof orgResponse>;

type Year = Omit<FiscalYear, "region">;

const kindName = { bureau: "财政部门", department: "主管部门", unit: "预算单位" } as const;
const editionName = (id: string) => editions.find((edition) => edition.id === id)?.name ?? id;

/** What the bureau's administrator keeps: years with their forms and deadlines, offices, people, and who changed what. */
export function RegistryPage(): ReactNode {
  const { region } = useParams({ from: "/registry/$region" });
  const years = useYears(region);
  const orgs = useOrgs(region);
  const members = useMembers(region);
  const grants = useGrants(region);
  const [editing, setEditing] = useState<Year | "new">();
  const failed = years.error ?? orgs.error ?? members.error ?? grants.error;
  if (failed !== null) return <Failure error={failed} />;
  if (!years.data || !orgs.data || !members.data || !grants.data) return <Loading />;
  const people = members.data.items;
  const names = new Map(orgs.data.items.map(({ code, name }) => [code, name]));
  const nameOf = (code: string) => names.get(code) ?? code;
  const rolesAt = (org: OrgView) =>
    people.flatMap(({ name, memberships }) =>
      memberships
        .filter(({ orgCode }) => orgCode === org.code)
        .map(({ role }) => `${roleName[role]} ${name}`),
    );
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
      <section className="panel" aria-label="单位和人员">
        <h2>
          单位和人员 <span className="quiet">{orgs.data.items.length}</span>
        </h2>
        <DataTable
          label="单位和人员"
          rows={inTreeOrder(orgs.data.items)}
          empty="还没有登记单位。"
          keyOf={({ code }) => code}
          columns={[
            { title: "代码", width: 100, cell: ({ code }) => code },
            {
              title: "单位",
              cell: ({ name, kind, exempt }) => (
                <span style={{ paddingLeft: kind === "unit" ? "1.5em" : 0 }}>
                  {name}
                  {exempt !== undefined && (
                    <small className="quiet">
                      （{exempt.year} 年免报：{exempt.reason}）
                    </small>
                  )}
                </span>
              ),
            },
            { title: "类别", width: 100, cell: ({ kind }) => kindName[kind] },
            { title: "人员", width: 460, cell: (org) => rolesAt(org).join("、") || "—" },
          ]}
        />
      </section>
      <PeoplePanel region={region} people={people} orgs={orgs.data.items} nameOf={nameOf} />
      <ChangesPanel region={region} nameOf={nameOf} />
      {editing !== undefined && (
        <YearDialog
          region={region}
          year={editing === "new" ? undefined : editing}
          taken={years.data.items.map(({ year }) => year)}
          onClose={() => setEditing(undefined)}
        />
      )}
    </>
  );
}

interface YearForm {
  readonly edition: string;
  readonly year: string;
  readonly status: Year["status"];
  readonly unitDue: string;
  readonly departmentDue: string;
  readonly bureauDue: string;
}

function YearDialog({
  region,
  year,
  taken,
  onClose,
}: {
  region: string;
  year: Year | undefined;
  taken: readonly number[];
  onClose: () => void;
}) {
  const { api } = useSigned();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [form] = Form.useForm<YearForm>();
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string>();
  const save = async ({ year: typed, ...values }: YearForm) => {
    setBusy(true);
    setRefused(undefined);
    try {
      await api.send(
        "PUT",
        `/regions/${region}/years/${year === undefined ? typed : String(year.year)}`,
        { ...values, version: year?.version ?? 0 },
        yearResponse,
      );
      await Promise.all(
        ["years", "registry"].map((key) => queries.invalidateQueries({ queryKey: [key] })),
      );
      void message.success(year === undefined ? "新年度已开启。" : "已保存。");
      onClose();
    } catch (error) {
      setRefused(refusalText(error));
    } finally {
      setBusy(false);
    }
  };
  const editionYear = (id: string) => editions.find((edition) => edition.id === id)?.year;
  const due = [{ required: true, pattern: /^\d{4}-\d\d-\d\d$/u, message: "请填写日期" }];
  return (
    <Modal
      open
      title={year === undefined ? "开启新年度" : `${String(year.year)} 年度`}
      okText={year === undefined ? "开启" : "保存"}
      confirmLoading={busy}
      onCancel={onClose}
      onOk={() => form.submit()}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{ ...year, year: String(year?.year ?? ""), status: year?.status ?? "open" }}
        onValuesChange={({ edition }: Partial<YearForm>) => {
          const wanted = edition === undefined ? undefined : editionYear(edition);
          if (wanted !== undefined && year === undefined)
            form.setFieldsValue({ year: String(wanted) });
        }}
        onFinish={(values) => void save(values)}
      >
        <Form.Item
          name="edition"
          label="报表版式"
          rules={[{ required: true, message: "请选择报表版式" }]}
        >
          <Select options={editions.map(({ id, name }) => ({ value: id, label: name }))} />
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
    </Modal>
  );
}

/** The bureau, then each department with its units behind it. */
const inTreeOrder = (orgs: readonly OrgView[], parent?: string): OrgView[] =>
  orgs
    .filter((org) => org.parent === parent)
    .flatMap((org) => [org, ...inTreeOrder(orgs, org.code)]);
