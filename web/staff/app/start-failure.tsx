import { ApiRefusal } from "../api/client.ts";

/** Shown when the app cannot begin: says why, and offers the one thing that may help. */
export function StartFailure({ error }: { error: unknown }) {
  const stranger = error instanceof ApiRefusal && error.code === "not_found";
  return (
    <main className="start-failure">
      <h1>{stranger ? "这个账号还没有开通" : "暂时无法进入系统"}</h1>
      <p>
        {stranger
          ? "您已登录，但尚未登记为本系统的工作人员。请联系本地区财政管理员开通。"
          : "连接服务时出错，您的数据不受影响。请检查网络后重试。"}
      </p>
      <button
        type="button"
        onClick={() => {
          sessionStorage.clear();
          location.assign("/");
        }}
      >
        重新登录
      </button>
    </main>
  );
}
