/** Somebody signed in who holds no role any more. */
export class NobodyHere extends Error {}

/** Shown when the app cannot begin: gives the reason, and offers the one thing that may help. */
export function StartFailure({ error, onLeave }: { error: unknown; onLeave: () => void }) {
  const isUnregistered = error instanceof NobodyHere;
  return (
    <main className="start-failure">
      <p className="brand-mark" aria-hidden>
        决
      </p>
      <h1>{isUnregistered ? "这个账号现在没有岗位" : "暂时无法进入系统"}</h1>
      <p>
        {isUnregistered
          ? "您已登录，但在本系统中没有任何岗位。请联系本地区财政部门的管理员，办理后重新登录即可。"
          : "连接服务时出错，已经保存的数据不受影响。请检查网络，稍后重试。"}
      </p>
      <p>
        {!isUnregistered && (
          <button type="button" onClick={() => location.reload()}>
            重试
          </button>
        )}
        <button type="button" className={isUnregistered ? "" : "quiet"} onClick={onLeave}>
          换一个账号登录
        </button>
      </p>
    </main>
  );
}
