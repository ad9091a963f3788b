import { Link } from "@tanstack/react-router";

export function NotFound() {
  return (
    <section className="panel not-found">
      <title>没有这一页 · 决算编审</title>
      <h1>没有这一页</h1>
      <p>地址可能有误，或者您没有查看它的权限。</p>
      <p>
        <Link to="/">回到待办</Link>
      </p>
    </section>
  );
}
