import { Skeleton } from "antd";
import { ApiRefusal } from "../api/client.ts";

/** Placeholders for content that is loading, failed or empty. */

export const Loading = () => (
  <div className="panel" role="status" aria-label="正在读取">
    <Skeleton active title={false} paragraph={{ rows: 4 }} />
  </div>
);

export const Failure = ({ error }: { error: Error }) => (
  <p className="notice error" role="alert">
    {error instanceof ApiRefusal ? error.message : "连接服务时出错，请检查网络后刷新本页。"}
  </p>
);

export const Nothing = ({ children }: { children: string }) => (
  <p className="nothing">{children}</p>
);
