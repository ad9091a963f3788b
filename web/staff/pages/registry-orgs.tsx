import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Form, Input, Select } from "antd";
import { useState } from "react";
import { z } from "zod";
import { orgResponse } from "../../../shared/contract/responses.ts";
import { roleName, type Role } from "../../../shared/workflow/roles.ts";
import { refusalText } from "../api/queries.ts";
import { DataTable } from "../app/data-table.tsx";
import { useSigned } from "../app/session-context.ts";
import { WritingDialog } from "../app/writing-dialog.tsx";
import { useKeptForm } from "../editing/use-kept-form.ts";

type OrgView = z.infer<typeof orgResponse>;
interface Person {
  readonly name: string;
  readonly memberships: readonly { readonly role: Role; readonly orgCode: string }[];
}

const kindName = { bureau: "财政部门", department: "主管部门", unit: "预算单位" } as const;

/** The bureau, its departments and their units, with who holds which role there. */
export function OrgsPanel({
  region,
  orgs,
  people,
}: {
  region: string;
  orgs: readonly OrgView[];
  people: readonly Person[];
}) {
  const [editing, setEditing] = useState<OrgView | "new">();
  const rolesAt = (org: OrgView) =>
    people.flatMap(({ name, memberships }) =>
      memberships
        .filter(({ orgCode }) => orgCode === org.code)
        .map(({ role }) => `${roleName[role]} ${name}`),
    );
  return (
    <section className="panel" aria-label="单位和人员">
      <h2>
        单位和人员 <span className="quiet">{orgs.length}</span>
        <Button size="small" className="beside" onClick={() => setEditing("new")}>
          增加单位
        </Button>
      </h2>
      <DataTable
        label="单位和人员"
        rows={inTreeOrder(orgs)}
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
          { title: "人员", width: 420, cell: (org) => rolesAt(org).join("、") || "—" },
          {
            title: "操作",
            width: 80,
            cell: (org) => (
              <Button size="small" aria-label={`修改 ${org.name}`} onClick={() => setEditing(org)}>
                修改
              </Button>
            ),
          },
        ]}
      />
      {editing !== undefined && (
        <OrgDialog
          region={region}
          org={editing === "new" ? undefined : editing}
          orgs={orgs}
          onClose={() => setEditing(undefined)}
        />
      )}
    </section>
  );
}

/** The bureau, then each department with its units behind it. */
const inTreeOrder = (orgs: readonly OrgView[], parent?: string): OrgView[] =>
  orgs
    .filter((org) => org.parent === parent)
    .flatMap((org) => [org, ...inTreeOrder(orgs, org.code)]);

const orgFormSchema = z.object({
  code: z.string().optional(),
  name: z.string().optional(),
  kind: z.enum(["bureau", "department", "unit"]).optional(),
  parent: z.string().optional(),
  exemptYear: z.string().optional(),
  exemptReason: z.string().optional(),
});
type OrgForm = z.infer<typeof orgFormSchema>;

function OrgDialog({
  region,
  org,
  orgs,
  onClose,
}: {
  region: string;
  org: OrgView | undefined;
  orgs: readonly OrgView[];
  onClose: () => void;
}) {
  const { api } = useSigned();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [form] = Form.useForm<OrgForm>();
  const kept = useKeptForm(`registry/${region}`, `org/${org?.code ?? ""}`, {
    schema: orgFormSchema,
    version: org?.version ?? 0,
    stored:
      org === undefined
        ? { kind: "unit" }
        : {
            ...{ name: org.name, kind: org.kind, parent: org.parent },
            exemptYear: org.exempt && String(org.exempt.year),
            exemptReason: org.exempt?.reason,
          },
  });
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string>();
  const kind = Form.useWatch("kind", form) ?? kept.initialValues.kind;
  const bureau = orgs.find((one) => one.kind === "bureau");
  const save = async (typed: OrgForm) => {
    setBusy(true);
    setRefused(undefined);
    const parent = typed.kind === "department" ? bureau?.code : typed.parent;
    const { exemptYear = "", exemptReason = "" } = typed;
    try {
      await api.send(
        "PUT",
        `/regions/${region}/orgs/${encodeURIComponent(org?.code ?? typed.code ?? "")}`,
        {
          name: typed.name,
          kind: typed.kind,
          version: kept.version,
          ...(parent === undefined || typed.kind === "bureau" ? {} : { parent }),
          ...(exemptYear === ""
            ? {}
            : { exempt: { year: Number(exemptYear), reason: exemptReason } }),
        },
        orgResponse,
      );
      await Promise.all(
        ["orgs", "registry"].map((key) => queries.invalidateQueries({ queryKey: [key] })),
      );
      void message.success(org === undefined ? "单位已增加。" : "已保存。");
      kept.clear();
      onClose();
    } catch (error) {
      setRefused(refusalText(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <WritingDialog
      title={org === undefined ? "增加单位" : `${org.code} ${org.name}`}
      okText={org === undefined ? "增加" : "保存"}
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
        onValuesChange={(_, values: OrgForm) => kept.keep(values)}
        onFinish={(values) => void save(values)}
      >
        {org === undefined && (
          <Form.Item
            name="code"
            label="单位代码"
            rules={[
              { required: true, pattern: /^\d{3,12}$/u, message: "请填写 3 到 12 位数字的代码" },
              {
                validator: (_, value: string) =>
                  orgs.some(({ code }) => code === value)
                    ? Promise.reject(new Error("这个代码已经登记，请在列表中修改"))
                    : Promise.resolve(),
              },
            ]}
          >
            <Input autoComplete="off" inputMode="numeric" maxLength={12} />
          </Form.Item>
        )}
        <Form.Item
          name="name"
          label="单位名称"
          rules={[{ required: true, whitespace: true, message: "请填写单位的全称" }]}
        >
          <Input autoComplete="off" maxLength={120} />
        </Form.Item>
        <div className="form-row two">
          <Form.Item name="kind" label="类别">
            <Select
              disabled={org !== undefined}
              options={(org?.kind === "bureau"
                ? (["bureau"] as const)
                : (["unit", "department"] as const)
              ).map((value) => ({ value, label: kindName[value] }))}
            />
          </Form.Item>
          {kind === "unit" && (
            <Form.Item
              name="parent"
              label="主管部门"
              rules={[{ required: true, message: "请选择主管部门" }]}
            >
              <Select
                showSearch={{ optionFilterProp: "label" }}
                options={orgs
                  .filter((one) => one.kind === "department")
                  .map(({ code, name }) => ({ value: code, label: `${code} ${name}` }))}
              />
            </Form.Item>
          )}
        </div>
        {kind === "unit" && (
          <div className="form-row two">
            <Form.Item
              name="exemptYear"
              label="免报年度（不免报的不填）"
              rules={[{ pattern: /^20\d\d$/u, message: "请填写四位年份" }]}
            >
              <Input autoComplete="off" inputMode="numeric" maxLength={4} />
            </Form.Item>
            <Form.Item
              name="exemptReason"
              label="免报原因"
              dependencies={["exemptYear"]}
              rules={[
                ({ getFieldValue }) => ({
                  required: Boolean(getFieldValue("exemptYear")),
                  message: "请写明免报的原因",
                }),
              ]}
            >
              <Input autoComplete="off" maxLength={200} />
            </Form.Item>
          </div>
        )}
      </Form>
      {refused !== undefined && (
        <p className="notice error" role="alert">
          {refused}
        </p>
      )}
    </WritingDialog>
  );
}
