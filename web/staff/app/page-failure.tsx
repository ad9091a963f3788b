import { Link } from "@tanstack/react-router";
import { Button } from "antd";

/** A page or part that broke while it was drawn: shown as a fault of the app, with the ways on. */
export function PageFailure({ reset }: { reset: () => void }) {
  return (
    <section className="panel not-found" role="alert">
      <title>页面出错 · 决算编审</title>
      <h1>这一页出错了</h1>
      <p>
        这是系统的问题，不是您操作有误。已经填写的内容都保留着，不会丢失。
        请重试；仍不行时请先办理其他部分，并把出错的页面告诉系统管理员。
      </p>
      <p>
        <Button type="primary" onClick={reset}>
          重试
        </Button>{" "}
        <Link to="/">回到待办</Link>
      </p>
    </section>
  );
}
