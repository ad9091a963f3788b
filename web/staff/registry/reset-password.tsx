import { Button } from "antd";
import { useState } from "react";
import { refusalText } from "../api/queries.ts";
import { modal } from "../app/feedback.tsx";
import { useSigned } from "../app/session-context.ts";
import { CodeDialog, type ShownCode } from "./code-dialog.tsx";

/** Helps a person who forgot their password; only where the installation keeps the accounts itself. */
export function ResetPassword({
  region,
  person: { subject, name },
}: {
  region: string;
  person: { readonly subject: string; readonly name: string };
}) {
  const { api, me, session } = useSigned();
  const [shown, setShown] = useState<ShownCode>();
  if (session.config.accountUrl === undefined || subject === me.subject) return null;
  const reset = async () => {
    try {
      const path = `/regions/${region}/members/${encodeURIComponent(subject)}/password-reset`;
      const done = await api.send("POST", path, {}, "passwordResetResponse");
      setShown({
        title: `${name}设置新口令的验证码`,
        ...done,
        how: "请当面或另行告知本人：在登录页选“首次登录，或口令已被重置”，输入验证码并设置新口令。",
      });
    } catch (error) {
      modal.warning({ title: "没有完成", content: refusalText(error) });
    }
  };
  return (
    <>
      <Button
        size="small"
        aria-label={`重置口令 ${name}`}
        onClick={() => {
          modal.confirm({
            title: `重置${name}的口令？`,
            content:
              "原口令和动态口令立即失效，本人在所有电脑上的登录都会退出。重置会记入变更记录。",
            okText: "重置",
            cancelText: "不重置",
            onOk: reset,
          });
        }}
      >
        重置口令
      </Button>
      {shown !== undefined && <CodeDialog shown={shown} onClose={() => setShown(undefined)} />}
    </>
  );
}
