import { useQueryClient } from "@tanstack/react-query";
import { Button, Form, Input } from "antd";
import { useState } from "react";
import { z } from "zod";
import type { memberResponse, GrantView, orgResponse } from "../../../shared/contract/responses.ts";
import { rolesText } from "../../../shared/registry/registry-words.ts";
import { roleSchema } from "../../../shared/workflow/report-state-schema.ts";
import { refusalText } from "../api/queries.ts";
import { DataTable } from "../app/data-table.tsx";
import { message, modal } from "../app/feedback.tsx";
import { useSigned } from "../app/session-context.ts";
import { WritingDialog } from "../app/writing-dialog.tsx";
import { useKeptForm } from "../editing/use-kept-form.ts";
import { localTime } from "../app/words.ts";
import { ResetPassword } from "../registry/reset-password.tsx";
import { RoleFields } from "../registry/role-fields.tsx";

type MemberView = z.infer<typeof memberResponse>;
type OrgView = z.infer<typeof orgResponse>;

/** So many are seen at a glance. */
const fewPeople = 20;

export type NameOfOrg = (code: string) => string;

/** Everybody of the region with their roles; one's own name and roles are for another administrator. */
export function PeoplePanel({
  region,
  people,
  orgs,
  nameOf,
}: {
  region: string;
  people: readonly MemberView[];
  orgs: readonly OrgView[];
  nameOf: NameOfOrg;
}) {
  const { me, session } = useSigned();
  /** Where the accounts are kept here, a person's account is made by their invitation alone. */
  const hasAccounts = session.config.accountUrl !== undefined;
  const [editing, setEditing] = useState<MemberView | "new">();
  const [search, setSearch] = useState("");
  const wanted = search.trim();
  const found = people.filter(
    ({ name, subject, memberships }) =>
      [name, subject].some((text) => text.includes(wanted)) ||
      memberships.some(({ orgCode }) => orgCode === wanted || nameOf(orgCode).includes(wanted)),
  );
  return (
    <section className="panel" aria-label="人员">
      <h2>
        人员 <span className="quiet">{people.length}</span>
        {!hasAccounts && (
          <Button size="small" className="beside" onClick={() => setEditing("new")}>
            增加人员
          </Button>
        )}
      </h2>
      {people.length > fewPeople && (
        <div className="tree-bar">
          <Input.Search
            aria-label="查找人员"
            placeholder="按姓名、账号或机构查找"
            allowClear
            value={search}
            onChange={({ target }) => setSearch(target.value)}
          />
        </div>
      )}
      <DataTable
        label="人员"
        rows={found}
        rowsAtOnce={100}
        empty="还没有登记人员。"
        keyOf={({ subject }) => subject}
        columns={[
          { title: "姓名", width: 120, cell: ({ name }) => name },
          { title: "账号", width: 160, cell: ({ subject }) => subject },
          {
            title: "岗位",
            cell: ({ memberships }) =>
              memberships.length === 0 ? (
                <span className="quiet">没有岗位</span>
              ) : (
                rolesText(memberships, nameOf)
              ),
          },
          { title: "邮箱", width: 220, cell: ({ email }) => email ?? "—" },
          {
            title: "操作",
            width: hasAccounts ? 170 : 80,
            cell: (member) => (
              <span className="nowrap">
                <Button
                  size="small"
                  aria-label={`修改 ${member.name}`}
                  onClick={() => setEditing(member)}
                >
                  修改
                </Button>{" "}
                <ResetPassword region={region} person={member} />
              </span>
            ),
          },
        ]}
      />
      {editing !== undefined && (
        <MemberDialog
          region={region}
          member={editing === "new" ? undefined : editing}
          isOwn={editing !== "new" && editing.subject === me.subject}
          orgs={orgs}
          onClose={() => setEditing(undefined)}
        />
      )}
    </section>
  );
}

const memberFormSchema = z.object({
  subject: z.string().optional(),
  name: z.string().optional(),
  email: z.string().optional(),
  memberships: z.array(z.object({ role: roleSchema.optional(), orgCode: z.string().optional() })),
});
type MemberForm = z.infer<typeof memberFormSchema>;

function MemberDialog({
  region,
  member,
  isOwn,
  orgs,
  onClose,
}: {
  region: string;
  member: MemberView | undefined;
  isOwn: boolean;
  orgs: readonly OrgView[];
  onClose: () => void;
}) {
  const { api } = useSigned();
  const refresh = useRefreshedRegistry();
  const [form] = Form.useForm<MemberForm>();
  const kept = useKeptForm(`registry/${region}`, `member/${member?.subject ?? ""}`, {
    schema: memberFormSchema,
    version: member?.version ?? 0,
    stored:
      member === undefined
        ? { memberships: [{}] }
        : { name: member.name, email: member.email, memberships: member.memberships },
  });
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string>();
  const save = async (typed: MemberForm) => {
    setBusy(true);
    setRefused(undefined);
    try {
      const email = typed.email?.trim();
      const saved = await api.send(
        "PUT",
        `/regions/${region}/members/${encodeURIComponent(member?.subject ?? typed.subject?.trim() ?? "")}`,
        {
          name: isOwn ? member?.name : typed.name,
          memberships: isOwn ? member?.memberships : typed.memberships,
          version: kept.version,
          ...(email === undefined || email === "" ? {} : { email }),
        },
        "savedMemberResponse",
      );
      if ("pending" in saved) {
        modal.info({
          title: "等待另一名财政管理员确认",
          content:
            "这项授权使同一人在同一条线上担任两个级次，须由您以外的财政管理员确认。确认以前，这名人员的登记不变。",
        });
      } else message.success("已保存。");
      kept.clear();
      onClose();
    } catch (error) {
      setRefused(refusalText(error));
    } finally {
      setBusy(false);
      void refresh();
    }
  };
  return (
    <WritingDialog
      width={720}
      title={member === undefined ? "增加人员" : `${member.name}（${member.subject}）`}
      okText="保存"
      confirmLoading={busy}
      isWritten={kept.isWritten}
      onDiscard={kept.clear}
      onClose={onClose}
      onOk={() => form.submit()}
    >
      {isOwn && (
        <p className="notice">
          不能更改自己的姓名和岗位，请由其他财政管理员办理；邮箱可以自己更改。
        </p>
      )}
      <Form
        form={form}
        layout="vertical"
        initialValues={kept.initialValues}
        onValuesChange={(_, values: MemberForm) => kept.keep(values)}
        onFinish={(values) => void save(values)}
      >
        {member === undefined && (
          <Form.Item
            name="subject"
            label="账号（统一登录中的用户标识）"
            rules={[{ required: true, whitespace: true, message: "请填写账号" }]}
          >
            <Input autoComplete="off" maxLength={200} />
          </Form.Item>
        )}
        <div className="form-row two">
          <Form.Item
            name="name"
            label="姓名"
            rules={[{ required: true, whitespace: true, message: "请填写姓名" }]}
          >
            <Input autoComplete="off" maxLength={120} disabled={isOwn} />
          </Form.Item>
          <Form.Item
            name="email"
            label="邮箱"
            rules={[{ type: "email", message: "请填写完整的邮箱地址" }]}
          >
            <Input autoComplete="off" maxLength={200} />
          </Form.Item>
        </div>
        <RoleFields orgs={orgs} isOwn={isOwn} />
      </Form>
      {refused !== undefined && (
        <p className="notice error" role="alert">
          {refused}
        </p>
      )}
    </WritingDialog>
  );
}

/** Grants that wait for a second administrator; nothing is drawn where none does. */
export function GrantsPanel({
  region,
  grants,
  nameOf,
}: {
  region: string;
  grants: readonly GrantView[];
  nameOf: NameOfOrg;
}) {
  const { api, me } = useSigned();
  const refresh = useRefreshedRegistry();
  const [busy, setBusy] = useState<string>();
  if (grants.length === 0) return null;
  const act = async (grant: GrantView, type: "confirm" | "decline" | "withdraw") => {
    setBusy(grant.id);
    try {
      const path = `/regions/${region}/grants/${grant.id}/${type}`;
      await api.send("POST", path, {}, "grantActResponse");
      message.success(done[type]);
    } catch (error) {
      modal.warning({ title: "没有完成", content: refusalText(error) });
    } finally {
      setBusy(undefined);
      void refresh();
    }
  };
  return (
    <section className="panel" aria-label="待确认的授权">
      <h2>
        待确认的授权 <span className="quiet">{grants.length}</span>
      </h2>
      <p className="quiet">
        同一人在同一条线上担任两个级次，须由提出人和被授权人以外的财政管理员确认。
      </p>
      <DataTable
        label="待确认的授权"
        rows={grants}
        empty=""
        keyOf={({ id }) => id}
        columns={[
          {
            title: "人员",
            width: 160,
            cell: ({ after }) => (
              <>
                {after.name} <small className="quiet">{after.subject}</small>
              </>
            ),
          },
          {
            title: "现有岗位",
            cell: ({ before }) => rolesText(before?.memberships ?? [], nameOf),
          },
          { title: "授权后的岗位", cell: ({ after }) => rolesText(after.memberships, nameOf) },
          {
            title: "提出",
            width: 170,
            cell: ({ asked }) => (
              <>
                {asked.byName}
                <br />
                <small className="quiet">{localTime(asked.at)}</small>
              </>
            ),
          },
          {
            title: "操作",
            width: 170,
            cell: (grant) => {
              if (grant.asked.by === me.subject) {
                return (
                  <Button
                    size="small"
                    loading={busy === grant.id}
                    onClick={() => void act(grant, "withdraw")}
                  >
                    撤回
                  </Button>
                );
              }
              if (grant.after.subject === me.subject) {
                return <span className="quiet">与本人有关，由他人确认</span>;
              }
              return (
                <span className="nowrap">
                  <Button
                    size="small"
                    type="primary"
                    loading={busy === grant.id}
                    onClick={() => void act(grant, "confirm")}
                  >
                    确认
                  </Button>{" "}
                  <Button
                    size="small"
                    disabled={busy === grant.id}
                    onClick={() => void act(grant, "decline")}
                  >
                    不同意
                  </Button>
                </span>
              );
            },
          },
        ]}
      />
    </section>
  );
}

const done = {
  confirm: "已确认，授权生效。",
  decline: "已表示不同意，授权未生效。",
  withdraw: "已撤回。",
} as const;

function useRefreshedRegistry() {
  const queries = useQueryClient();
  return () =>
    Promise.all(
      ["members", "grants", "registry"].map((key) =>
        queries.invalidateQueries({ queryKey: [key] }),
      ),
    );
}
