import { App, Button, Checkbox, Input } from "antd";
import { useState } from "react";
import {
  threadResponse,
  type ReportView,
  type ThreadView,
} from "../../../shared/contract/responses.ts";
import { decideThreadEntry } from "../../../shared/workflow/thread.ts";
import { useAct, useThreads } from "../api/queries.ts";
import { useSigned } from "../app/session-context.ts";
import { localTime } from "../app/words.ts";

type Anchor = ThreadView["anchor"];

const threadStatus = { open: "待答复", answered: "已答复", resolved: "已解决" } as const;
const deeds = { open: "", answer: "答复", resolve: "标为已解决", reopen: "重新提出" } as const;

/** Review comments: those on the place at hand first, then the others of this part. */
export function ThreadsPanel({
  report,
  anchor,
  placeOf,
  belongs,
  onGo,
}: {
  report: ReportView;
  /** Where a new comment would stand. */
  anchor: Anchor;
  placeOf: (anchor: Anchor) => string;
  belongs: (anchor: Anchor) => boolean;
  onGo: (anchor: Anchor) => void;
}) {
  const threads = useThreads(report.id);
  const isHere = (other: Anchor) => JSON.stringify(other) === JSON.stringify(anchor);
  const rank = (thread: ThreadView) =>
    (thread.status === "resolved" ? 2 : 0) + (isHere(thread.anchor) ? 0 : 1);
  const shown = (threads.data?.items ?? [])
    .filter((thread) => belongs(thread.anchor))
    .sort((a, b) => rank(a) - rank(b));
  const mayComment = report.allowedActions.includes("comment");
  return (
    <section className="panel" aria-label="审核意见">
      <h2>审核意见 {shown.length > 0 && <span className="quiet">{shown.length}</span>}</h2>
      {shown.length === 0 && <p className="quiet">这里没有审核意见。</p>}
      {shown.map((thread) => (
        <ThreadCard
          key={thread.id}
          report={report}
          thread={thread}
          place={placeOf(thread.anchor)}
          isHere={isHere(thread.anchor)}
          mayComment={mayComment}
          onGo={() => onGo(thread.anchor)}
        />
      ))}
      {mayComment && (
        <NewThread
          key={JSON.stringify(anchor)}
          report={report}
          anchor={anchor}
          place={placeOf(anchor)}
        />
      )}
    </section>
  );
}

function NewThread({
  report,
  anchor,
  place,
}: {
  report: ReportView;
  anchor: Anchor;
  place: string;
}) {
  const [text, setText] = useState("");
  const [blocking, setBlocking] = useState(true);
  const act = useAct(report.id, "/threads", threadResponse, "意见已提出。");
  return (
    <div className="new-thread">
      <Input.TextArea
        autoSize={{ minRows: 2, maxRows: 8 }}
        aria-label={`对${place}提出意见`}
        placeholder={`对“${place}”提出意见`}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {text.trim() !== "" && (
        <div className="thread-acts">
          <Checkbox checked={blocking} onChange={(event) => setBlocking(event.target.checked)}>
            解决后才能通过
          </Checkbox>
          <Button
            size="small"
            type="primary"
            loading={act.isPending}
            onClick={() => act.mutate({ anchor, text, blocking }, { onSuccess: () => setText("") })}
          >
            提出意见
          </Button>
        </div>
      )}
    </div>
  );
}

function ThreadCard({
  report,
  thread,
  place,
  isHere,
  mayComment,
  onGo,
}: {
  report: ReportView;
  thread: ThreadView;
  place: string;
  isHere: boolean;
  mayComment: boolean;
  onGo: () => void;
}) {
  const { message } = App.useApp();
  const { me } = useSigned();
  const [text, setText] = useState("");
  const act = useAct(report.id, `/threads/${thread.id}/entries`, threadResponse);
  const send = (entry: "answer" | "resolve" | "reopen") => {
    if (entry === "answer" && text.trim() === "") void message.info("请先写下答复。");
    else {
      act.mutate({ act: entry, text, version: thread.version }, { onSuccess: () => setText("") });
    }
  };
  const may = (entry: "resolve" | "reopen") => {
    const opened = { status: thread.status, openedBy: thread.entries[0]?.by ?? "" };
    const roles = me.regions.flatMap(({ memberships }) => memberships.map(({ role }) => role));
    return mayComment && decideThreadEntry(entry, opened, { ...me, id: me.subject, roles }).ok;
  };
  return (
    <article
      className={`thread ${thread.status}${isHere ? " here" : ""}`}
      aria-label={`对${place}的意见`}
    >
      <header>
        <button type="button" className="link" onClick={onGo}>
          {place}
        </button>
        <span className={`chip ${thread.status}`}>{threadStatus[thread.status]}</span>
      </header>
      {thread.entries.map((entry) => (
        <div key={entry.id} className="entry">
          <small>
            {entry.byName} {localTime(entry.at).slice(5)} {deeds[entry.act]}
          </small>
          {entry.text !== "" && <p>{entry.text}</p>}
        </div>
      ))}
      {!thread.blocking && <small className="quiet">不影响通过</small>}
      {mayComment && thread.status !== "resolved" && (
        <Input.TextArea
          autoSize={{ minRows: 1, maxRows: 8 }}
          aria-label={`答复${place}的意见`}
          placeholder="写下答复"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      )}
      <div className="thread-acts">
        {mayComment && thread.status !== "resolved" && (
          <Button size="small" loading={act.isPending} onClick={() => send("answer")}>
            答复
          </Button>
        )}
        {may("resolve") && (
          <Button size="small" disabled={act.isPending} onClick={() => send("resolve")}>
            标为已解决
          </Button>
        )}
        {may("reopen") && (
          <Button size="small" loading={act.isPending} onClick={() => send("reopen")}>
            重新提出
          </Button>
        )}
      </div>
    </article>
  );
}
