import { useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import type { z } from "zod";
import type { invitedResponse, InvitationView } from "../../../shared/contract/responses.ts";
import { rolesText } from "../../../shared/registry/registry-words.ts";
import { shanghaiDay } from "../../../shared/workflow/deadlines.ts";
import { refusalText, useInvitations } from "../api/queries.ts";
import { DataTable } from "../app/data-table.tsx";
import { message, modal } from "../app/feedback.tsx";
import { Failure } from "../app/placeholders.tsx";
import { useSigned } from "../app/session-context.ts";
import { CodeDialog, type ShownCode } from "./code-dialog.tsx";
import { InviteDialog } from "./invite-dialog.tsx";

const statusName = {
  unconfirmed: "待另一名管理员确认",
  waiting: "等待本人登录",
  expired: "验证码已过期",
} as const;
type OpenStatus = keyof typeof statusName;
type OpenInvitation = InvitationView & { readonly status: OpenStatus };
const isOpen = (one: InvitationView): one is OpenInvitation => one.status in statusName;

/** Invitations that nobody has accepted yet, and the way to invite somebody. */
export function InvitationsPanel({
  region,
  orgs,
  nameOf,
}: {
  region: string;
  orgs: readonly { readonly code: string; readonly name: string }[];
  nameOf: (code: string) => string;
}) {
  const queries = useQueryClient();
  const invitations = useInvitations(region);
  const [inviting, setInviting] = useState(false);
  const [shown, setShown] = useState<ShownCode>();
  const refresh = () =>
    void Promise.all(
      ["invitations", "registry"].map((key) => queries.invalidateQueries({ queryKey: [key] })),
    );
  const show = ({ invitation, code, mailed }: z.infer<typeof invitedResponse>) => {
    refresh();
    setInviting(false);
    setShown({
      title: `${invitation.name}的一次性验证码`,
      code,
      expiresAt: invitation.expiresAt,
      how:
        invitation.status === "unconfirmed"
          ? "这份邀请使同一人在同一条线上担任两个级次，须先由另一名财政管理员确认，验证码才能使用。"
          : mailed
            ? `已发往 ${invitation.email ?? ""}。`
            : "请当面或另行告知本人，不要与登录网址写在同一条消息里。",
    });
  };
  if (invitations.error !== null) return <Failure error={invitations.error} />;
  const open = (invitations.data?.items ?? []).filter(isOpen);
  return (
    <section className="panel" aria-label="待接受的邀请">
      <h2>
        待接受的邀请 <span className="quiet">{open.length}</span>
        <Button size="small" type="primary" className="beside" onClick={() => setInviting(true)}>
          邀请人员
        </Button>
      </h2>
      <DataTable
        label="待接受的邀请"
        rows={open}
        rowsAtOnce={50}
        empty="没有等待接受的邀请。"
        keyOf={({ id }) => id}
        columns={[
          { title: "姓名", width: 120, cell: ({ name }) => name },
          {
            title: "手机号、邮箱",
            width: 220,
            cell: ({ mobile, email }) => (
              <>
                {mobile}
                {mobile !== undefined && email !== undefined && <br />}
                {email}
              </>
            ),
          },
          { title: "岗位", cell: ({ memberships }) => rolesText(memberships, nameOf) },
          {
            title: "状态",
            width: 170,
            cell: ({ status, expiresAt }) => (
              <>
                {statusName[status]}
                <br />
                <small className="quiet">有效期至 {shanghaiDay(expiresAt)}</small>
              </>
            ),
          },
          {
            title: "操作",
            width: 220,
            cell: (invitation) => (
              <InvitationActs
                region={region}
                invitation={invitation}
                onRenewed={show}
                onDone={refresh}
              />
            ),
          },
        ]}
      />
      {inviting && (
        <InviteDialog
          region={region}
          orgs={orgs}
          onInvited={show}
          onClose={() => setInviting(false)}
        />
      )}
      {shown !== undefined && <CodeDialog shown={shown} onClose={() => setShown(undefined)} />}
    </section>
  );
}

function InvitationActs({
  region,
  invitation: { id, name, status, invitedBy },
  onRenewed,
  onDone,
}: {
  region: string;
  invitation: OpenInvitation;
  onRenewed: (renewed: z.infer<typeof invitedResponse>) => void;
  onDone: () => void;
}) {
  const { api, me } = useSigned();
  const [busy, setBusy] = useState(false);
  const path = `/regions/${region}/invitations/${id}`;
  const attempt = async (work: () => Promise<void>) => {
    setBusy(true);
    try {
      await work();
    } catch (error) {
      modal.warning({ title: "没有完成", content: refusalText(error) });
    } finally {
      setBusy(false);
      onDone();
    }
  };
  const act = (type: "withdraw" | "confirm", done: string) =>
    attempt(async () => {
      await api.send("POST", `${path}/${type}`, {}, "invitationResponse");
      message.success(done);
    });
  const renew = () =>
    attempt(async () => onRenewed(await api.send("POST", `${path}/renew`, {}, "invitedResponse")));
  return (
    <span className="nowrap">
      {status === "unconfirmed" && invitedBy !== me.subject && (
        <>
          <Button
            size="small"
            type="primary"
            loading={busy}
            aria-label={`确认对${name}的邀请`}
            onClick={() => void act("confirm", "已确认，验证码可以使用了。")}
          >
            确认
          </Button>{" "}
        </>
      )}
      <Button
        size="small"
        disabled={busy}
        aria-label={`重发验证码 ${name}`}
        onClick={() => void renew()}
      >
        重发验证码
      </Button>{" "}
      <Button
        size="small"
        disabled={busy}
        aria-label={`撤回对${name}的邀请`}
        onClick={() => {
          modal.confirm({
            title: `撤回对${name}的邀请？`,
            content: "撤回后验证码立即失效，需要时可以重新邀请。",
            okText: "撤回",
            cancelText: "不撤回",
            onOk: () => act("withdraw", "已撤回。"),
          });
        }}
      >
        撤回
      </Button>
    </span>
  );
}
