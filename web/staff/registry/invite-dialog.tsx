import { Form, Input } from "antd";
import { useState } from "react";
import { z } from "zod";
import type { invitedResponse } from "../../../shared/contract/responses.ts";
import { plainEmail, plainMobile } from "../../../shared/registry/contact.ts";
import { roleSchema } from "../../../shared/workflow/report-state-schema.ts";
import { refusalText } from "../api/queries.ts";
import { useSigned } from "../app/session-context.ts";
import { WritingDialog } from "../app/writing-dialog.tsx";
import { useKeptForm } from "../editing/use-kept-form.ts";
import { RoleFields } from "./role-fields.tsx";

const inviteFormSchema = z.object({
  name: z.string().optional(),
  mobile: z.string().optional(),
  email: z.string().optional(),
  memberships: z.array(z.object({ role: roleSchema.optional(), orgCode: z.string().optional() })),
});
type InviteForm = z.infer<typeof inviteFormSchema>;

const empty: InviteForm = { memberships: [{}] };

const filled = (text: string | undefined): string | undefined => {
  const trimmed = text?.trim();
  return trimmed === "" ? undefined : trimmed;
};

/** Whom to invite, by what address, as what. */
export function InviteDialog({
  region,
  orgs,
  onInvited,
  onClose,
}: {
  region: string;
  orgs: readonly { readonly code: string; readonly name: string }[];
  onInvited: (invited: z.infer<typeof invitedResponse>) => void;
  onClose: () => void;
}) {
  const { api } = useSigned();
  const [form] = Form.useForm<InviteForm>();
  const kept = useKeptForm(`registry/${region}`, "invitation", {
    schema: inviteFormSchema,
    version: 0,
    stored: empty,
  });
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string>();
  const invite = async ({ name, mobile, email, memberships }: InviteForm) => {
    setBusy(true);
    setRefused(undefined);
    try {
      const body = { name, mobile: filled(mobile), email: filled(email), memberships };
      const path = `/regions/${region}/invitations`;
      const invited = await api.send("POST", path, body, "invitedResponse");
      kept.clear();
      onInvited(invited);
    } catch (error) {
      setRefused(refusalText(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <WritingDialog
      width={720}
      title="邀请人员"
      okText="邀请"
      confirmLoading={busy}
      isWritten={kept.isWritten}
      onDiscard={kept.clear}
      onClose={onClose}
      onOk={() => form.submit()}
    >
      <p className="quiet">
        邀请后得到一个一次性验证码，本人首次登录时输入，即按下列岗位登记。手机号和邮箱至少填写一项。
      </p>
      <Form
        form={form}
        layout="vertical"
        initialValues={kept.initialValues}
        onValuesChange={(_, values: InviteForm) => kept.keep(values)}
        onFinish={(values) => void invite(values)}
      >
        <Form.Item
          name="name"
          label="姓名"
          rules={[{ required: true, whitespace: true, message: "请填写姓名" }]}
        >
          <Input autoComplete="off" maxLength={120} />
        </Form.Item>
        <div className="form-row two">
          <Form.Item
            name="mobile"
            label="手机号"
            dependencies={["email"]}
            rules={[
              ({ getFieldValue }) => ({
                validator: (_, mobile: string | undefined) => {
                  if (filled(mobile) !== undefined) {
                    return plainMobile(mobile ?? "") === undefined
                      ? Promise.reject(new Error("须为 11 位手机号"))
                      : Promise.resolve();
                  }
                  const email = filled(getFieldValue("email") as string | undefined);
                  return email === undefined
                    ? Promise.reject(new Error("请填写手机号或邮箱"))
                    : Promise.resolve();
                },
              }),
            ]}
          >
            <Input autoComplete="off" inputMode="tel" maxLength={30} />
          </Form.Item>
          <Form.Item
            name="email"
            label="邮箱"
            rules={[
              {
                validator: (_, email: string | undefined) =>
                  filled(email) === undefined || plainEmail(email ?? "") !== undefined
                    ? Promise.resolve()
                    : Promise.reject(new Error("请填写完整的邮箱地址")),
              },
            ]}
          >
            <Input autoComplete="off" inputMode="email" maxLength={254} />
          </Form.Item>
        </div>
        <RoleFields orgs={orgs} />
      </Form>
      {refused !== undefined && (
        <p className="notice error" role="alert">
          {refused}
        </p>
      )}
    </WritingDialog>
  );
}
