import { Link } from "@tanstack/react-router";
import { Result } from "antd";

export function NotFound() {
  return (
    <Result
      status="404"
      title="没有这一页"
      subTitle="地址可能有误，或者您无权查看它。"
      extra={<Link to="/">回到待办</Link>}
    />
  );
}
