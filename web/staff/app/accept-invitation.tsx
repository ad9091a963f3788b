import { useState } from "react";
import { ApiRefusal, type ApiClient } from "../api/client.ts";

/**
 * Whether the address that the issuer has verified was invited: then the person is a member from now on, and
 * need not look for a code.
 */
export async function acceptByAddress(api: ApiClient): Promise<boolean> {
  try {
    await api.send("POST", "/invitations/accept", {}, "acceptedResponse");
    return true;
  } catch (error) {
    if (error instanceof ApiRefusal && !error.isPassing) return false;
    throw error;
  }
}

/** Takes the one-time code of somebody who is signed in and nobody here yet. */
export function AcceptInvitation({
  api,
  onAccepted,
  onLeave,
}: {
  api: ApiClient;
  onAccepted: () => void;
  onLeave: () => void;
}) {
  const [code, setCode] = useState("");
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string>();
  const accept = async (event: { readonly preventDefault: () => void }) => {
    event.preventDefault();
    setBusy(true);
    setRefused(undefined);
    try {
      await api.send("POST", "/invitations/accept", { code }, "acceptedResponse");
      onAccepted();
    } catch (error) {
      setRefused(
        error instanceof ApiRefusal ? error.message : "连接服务时出错，请检查网络，稍后重试。",
      );
      setBusy(false);
    }
  };
  return (
    <main className="start-failure">
      <title>输入验证码 · 决算编审</title>
      <p className="brand-mark" aria-hidden>
        决
      </p>
      <h1>这个账号还没有开通</h1>
      <p>
        您已登录，但尚未登记为本系统的工作人员。如果本地区财政部门的管理员给过您一次性验证码，请在这里输入；没有的，请联系管理员。
      </p>
      <form onSubmit={(event) => void accept(event)}>
        {refused !== undefined && (
          <p className="notice error" role="alert">
            {refused}
          </p>
        )}
        <label htmlFor="code">一次性验证码</label>
        <input
          id="code"
          value={code}
          required
          maxLength={60}
          autoComplete="one-time-code"
          placeholder="XXXX-XXXX-XXXX-XXXX"
          onChange={(event) => setCode(event.target.value)}
        />
        <p>
          <button type="submit" disabled={busy}>
            开通
          </button>
          <button type="button" className="quiet" onClick={onLeave}>
            换一个账号登录
          </button>
        </p>
      </form>
    </main>
  );
}
