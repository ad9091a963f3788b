import { App, Button, Input, Tag } from "antd";
import { useState } from "react";
import {
  threadResponse,
  type ReportView,
  type ThreadView,
} from "../../../shared/contract/responses.ts";
import { useAct, useThreads } from "../api/queries.ts";
import { localTime } from "../app/words.ts";

type Anchor = ThreadView["anchor"];

const threadStatus = { open: "待答复", answered: "已答复", resolved: "已解决" } as const;

/** Review comments: those on the place at hand first, then the others of this part. */
export function ThreadsPanel({
  report,
  anchor,
  anchorLabel,
  belongs,
  onGo,
}: {
  report: ReportView;
  /** Where a new comment would stand. */
  anchor: Anchor | undefined;
  anchorLabel: string;
  belongs: (anchor: Anchor) => boolean;
  onGo: (anchor: Anchor) => void;
}) {
  const threads = useThreads(report.id);
  const shown = (threads.data?.items ?? []).filter((thread) => belongs(thread.anchor));
  const mayComment = report.allowedActions.includes("comment");
  return (
    <section className="panel" aria-label="审核意见">
      <h3>审核意见</h3>
      {mayComment && anchor !== undefined && (
        <NewThread report={report} anchor={anchor} anchorLabel={anchorLabel} />
      )}
      {shown.length === 0 && <p className="quiet">这里还没有意见。</p>}
      {shown.map((thread) => (
        <ThreadCard
          key={thread.id}
          report={report}
          thread={thread}
          mayComment={mayComment}
          onGo={() => onGo(thread.anchor)}
        />
      ))}
    </section>
  );
}

function NewThread({
  report,
  anchor,
  anchorLabel,
}: {
  report: ReportView;
  anchor: Anchor;
  anchorLabel: string;
}) {
  const [text, setText] = useState("");
  const act = useAct(report.id, "/threads", threadResponse, "意见已提出。");
  return (
    <div style={{ marginBottom: 12 }}>
      <Input.TextArea
        rows={2}
        aria-label={`对${anchorLabel}提出意见`}
        placeholder={`对“${anchorLabel}”提出意见`}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <Button
        size="small"
        style={{ marginTop: 6 }}
        disabled={text.trim() === ""}
        loading={act.isPending}
        onClick={() => act.mutate({ anchor, text }, { onSuccess: () => setText("") })}
      >
        提出意见
      </Button>
    </div>
  );
}

function ThreadCard({
  report,
  thread,
  mayComment,
  onGo,
}: {
  report: ReportView;
  thread: ThreadView;
  mayComment: boolean;
  onGo: () => void;
}) {
  const { message } = App.useApp();
  const [text, setText] = useState("");
  const act = useAct(report.id, `/threads/${thread.id}/entries`, threadResponse);
  const send = (entry: "answer" | "resolve" | "reopen") => {
    if (entry === "answer" && text.trim() === "") void message.info("请先写下答复。");
    else
      act.mutate({ act: entry, text, version: thread.version }, { onSuccess: () => setText("") });
  };
  return (
    <article className={`thread ${thread.status}`}>
      <Tag color={thread.status === "resolved" ? "green" : "orange"}>
        {threadStatus[thread.status]}
      </Tag>
      <Button type="link" size="small" onClick={onGo}>
        查看位置
      </Button>
      {thread.entries.map((entry) => (
        <div key={entry.id} className="entry">
          <small>
            {entry.byName} · {localTime(entry.at)}
            {entry.act === "resolve"
              ? " · 标为已解决"
              : entry.act === "reopen"
                ? " · 重新提出"
                : ""}
          </small>
          {entry.text !== "" && <p>{entry.text}</p>}
        </div>
      ))}
      {mayComment && (
        <>
          {thread.status !== "resolved" && (
            <Input.TextArea
              rows={1}
              autoSize
              aria-label="答复"
              placeholder="答复"
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          )}
          <div style={{ marginTop: 6, display: "flex", gap: 6 }}>
            {thread.status === "resolved" ? (
              <Button size="small" onClick={() => send("reopen")}>
                重新提出
              </Button>
            ) : (
              <>
                <Button size="small" onClick={() => send("answer")}>
                  答复
                </Button>
                <Button size="small" onClick={() => send("resolve")}>
                  已解决
                </Button>
              </>
            )}
          </div>
        </>
      )}
    </article>
  );
}
