import { useQueryClient } from "@tanstack/react-query";
import { Button, Form, Input, Modal, Select } from "antd";
import { useState } from "react";
import type { OrgView } from "../../../shared/contract/responses.ts";
import { statusName } from "../../../shared/workflow/names.ts";
import { neededRoles } from "../../../shared/registry/org-tree.ts";
import { roleIds, roleName, type Role } from "../../../shared/workflow/roles.ts";
import { refusalText, useWaiting } from "../api/queries.ts";
import { message, modal } from "../app/feedback.tsx";
import { useSigned } from "../app/session-context.ts";
import type { PersonView } from "./org-panel.tsx";

interface Held {
  readonly role: Role;
  readonly person: PersonView;
}

/** Who holds which role at a node, what waits where nobody does, and handing over or ending a role. */
export function RolesAt({
  region,
  org,
  people,
}: {
  region: string;
  org: OrgView;
  people: readonly PersonView[];
}) {
  const { me } = useSigned();
  const waiting = useWaiting(region, org.code).data?.items ?? [];
  const [handing, setHanding] = useState<Held>();
  const end = useEnding(region, org);
  const rows = roleIds.flatMap((role) => {
    const there = people.filter(({ memberships }) =>
      memberships.some((one) => one.role === role && one.orgCode === org.code),
    );
    const isNeeded = neededRoles(org.kind).includes(role);
    const stuck = waiting.find((one) => one.role === role);
    return there.length > 0 || isNeeded || stuck !== undefined
      ? [{ role, there, isNeeded, stuck }]
      : [];
  });
  return (
    <>
      <dl className="org-facts">
        {rows.map(({ role, there, stuck }) => (
          <div key={role} style={{ display: "contents" }}>
            <dt>{roleName[role]}</dt>
            <dd>
              {there.length === 0 && <span className="chip open">没有人</span>}
              {there.map((person) => (
                <div key={person.subject} className="role-holder">
                  <span>{person.name}</span>
                  {person.subject !== me.subject && (
                    <span>
                      <Button
                        size="small"
                        aria-label={`移交${person.name}的${roleName[role]}`}
                        onClick={() => setHanding({ role, person })}
                      >
                        移交
                      </Button>{" "}
                      <Button
                        size="small"
                        aria-label={`结束${person.name}的${roleName[role]}`}
                        onClick={() =>
                          end(
                            { role, person },
                            { isLast: there.length === 1, stuck: stuck?.reports },
                          )
                        }
                      >
                        结束
                      </Button>
                    </span>
                  )}
                </div>
              ))}
              {stuck !== undefined && (
                <div className={there.length === 0 ? "late" : "quiet"}>
                  {there.length === 0 ? "无人办理" : "待办"}：{reportsText(stuck)}
                </div>
              )}
            </dd>
          </div>
        ))}
      </dl>
      {handing !== undefined && (
        <HandOverDialog
          region={region}
          org={org}
          held={handing}
          people={people}
          onClose={() => setHanding(undefined)}
        />
      )}
    </>
  );
}

type Waiting = NonNullable<ReturnType<typeof useWaiting>["data"]>["items"][number];

const reportsText = ({ reports, isCut }: Pick<Waiting, "reports" | "isCut">): string =>
  reports
    .map(({ year, orgName, status }) => `${orgName} ${String(year)} 年度（${statusName[status]}）`)
    .join("、") + (isCut ? "等" : "");

function useRefreshed() {
  const queries = useQueryClient();
  return () =>
    Promise.all(
      ["members", "orgs", "registry"].map((key) => queries.invalidateQueries({ queryKey: [key] })),
    );
}

/** Asks before a role ends, and says what is stuck then. */
function useEnding(region: string, org: OrgView) {
  const { api } = useSigned();
  const refresh = useRefreshed();
  return (
    { role, person }: Held,
    {
      isLast,
      stuck = [],
    }: { readonly isLast: boolean; readonly stuck: Waiting["reports"] | undefined },
  ) => {
    const left = isLast ? `“${org.name}”将没有${roleName[role]}` : "";
    const waits =
      isLast && stuck.length > 0
        ? `，${reportsText({ reports: stuck, isCut: false })}将无人办理，请改用移交`
        : "";
    modal.confirm({
      title: `结束${person.name}的${roleName[role]}？`,
      content: left === "" ? "该岗位还有其他人担任。" : `${left}${waits}。`,
      okText: "结束岗位",
      cancelText: "取消",
      onOk: async () => {
        const { name, email, version, memberships } = person;
        try {
          await api.send(
            "PUT",
            `/regions/${region}/members/${encodeURIComponent(person.subject)}`,
            {
              ...{ name, version, ...(email === undefined ? {} : { email }) },
              memberships: memberships.filter(
                (one) => one.role !== role || one.orgCode !== org.code,
              ),
            },
            "memberResponse",
          );
          message.success("岗位已结束。");
        } catch (error) {
          modal.warning({ title: "没有完成", content: refusalText(error) });
        } finally {
          void refresh();
        }
      },
    });
  };
}

interface Typed {
  readonly to: string;
  readonly reason: string;
}

function HandOverDialog({
  region,
  org,
  held: { role, person },
  people,
  onClose,
}: {
  region: string;
  org: OrgView;
  held: Held;
  people: readonly PersonView[];
  onClose: () => void;
}) {
  const { api, me } = useSigned();
  const refresh = useRefreshed();
  const [form] = Form.useForm<Typed>();
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string>();
  const send = async ({ to, reason }: Typed) => {
    setBusy(true);
    setRefused(undefined);
    const successor = people.find(({ subject }) => subject === to);
    try {
      await api.send(
        "POST",
        `/regions/${region}/members/${encodeURIComponent(person.subject)}/hand-over`,
        {
          ...{ orgCode: org.code, roles: [role], to, reason },
          versions: { from: person.version, to: successor?.version ?? 1 },
        },
        "handOverResponse",
      );
      message.success("岗位已移交。");
      onClose();
    } catch (error) {
      setRefused(refusalText(error));
    } finally {
      setBusy(false);
      void refresh();
    }
  };
  return (
    <Modal
      open
      title={`移交${person.name}的${roleName[role]}`}
      okText="移交"
      cancelText="取消"
      confirmLoading={busy}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <p className="quiet">
        {org.name}的{roleName[role]}由接手的人担任，{person.name}
        不再担任；待办的报告随即由接手的人办理。
      </p>
      <Form form={form} layout="vertical" onFinish={(typed) => void send(typed)}>
        <Form.Item name="to" label="接手的人" rules={[{ required: true, message: "请选择" }]}>
          <Select
            showSearch={{ optionFilterProp: "label" }}
            options={people
              .filter(({ subject }) => subject !== person.subject && subject !== me.subject)
              .map(({ subject, name }) => ({ value: subject, label: `${name}（${subject}）` }))}
          />
        </Form.Item>
        <Form.Item
          name="reason"
          label="原因"
          rules={[{ required: true, whitespace: true, min: 2, message: "请写明原因" }]}
        >
          <Input autoComplete="off" maxLength={200} />
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
