import { Button } from "antd";
import { useState } from "react";
import type { ReportView, ThreadView } from "../../../shared/contract/responses.ts";
import { roleName } from "../../../shared/workflow/roles.ts";
import { useAct, useThreads } from "../api/queries.ts";
import { message, modal } from "../app/feedback.tsx";
import { giveUpQuestion } from "../app/give-up-question.ts";
import { TextArea } from "../app/text-area.tsx";
import { localTime } from "../app/words.ts";
import { useKeptText, useKeptTexts } from "../editing/use-kept-text.ts";
import { RemarkChange } from "../review/remark-change.tsx";
import { anchorOfDraft, draftPlace, partOfAnchor, shortened } from "./text-places.ts";

type Anchor = ThreadView["anchor"];

const threadStatus = { open: "待答复", answered: "已答复", resolved: "已解决" } as const;
type ThreadAct = ThreadView["allowedActs"][number];
const emptyHint = {
  answer: "请先写下答复。",
  resolve: "请先写明如何解决。",
  reopen: "请先写明重新提出的理由。",
} as const satisfies Record<ThreadAct, string>;
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
  /** Where a new comment would be. */
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
  const drafted = [...useKeptTexts(report.id, "comment/")].flatMap(([place, text]) => {
    const other = anchorOfDraft(place);
    return other !== undefined && belongs(other) && !isHere(other) ? [{ other, text }] : [];
  });
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
      {drafted.length > 0 && (
        <>
          <h3>未提出的意见</h3>
          <ul className="unsent-list">
            {drafted.map(({ other, text }) => (
              <li key={draftPlace(other)}>
                <button type="button" className="link" onClick={() => onGo(other)}>
                  {placeOf(other)}
                </button>
                <span className="quiet">{shortened(text)}</span>
              </li>
            ))}
          </ul>
        </>
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
  const { text, isWritten, write, clear, sent } = useKeptText(report.id, draftPlace(anchor));
  const [blocking, setBlocking] = useState(true);
  const act = useAct(report.id, "/threads", "threadResponse", "意见已提出。");
  return (
    <div className="new-thread">
      <TextArea
        label={`对${place}提出意见`}
        placeholder={`对“${place}”提出意见`}
        value={text}
        onChange={write}
      />
      {isWritten && <KeptNote onGiveUp={clear} />}
      {text.trim() !== "" && (
        <div className="thread-acts">
          <label className="choice">
            <input
              type="checkbox"
              checked={blocking}
              onChange={({ target }) => setBlocking(target.checked)}
            />{" "}
            解决后才能通过
          </label>
          <Button
            size="small"
            type="primary"
            loading={act.isPending}
            onClick={() =>
              void act.mutateAsync({ anchor, text, blocking }).then(() => sent(text), stays)
            }
          >
            提出意见
          </Button>
        </div>
      )}
    </div>
  );
}

/** A refusal is shown by `useAct`; the text stays. */
const stays = () => undefined;

/** Says that a text is a draft, and lets go of it after asking. */
function KeptNote({ onGiveUp }: { onGiveUp: () => void }) {
  return (
    <p className="kept-note" role="status">
      草稿，只保存在本机{" "}
      <button
        type="button"
        className="link"
        onClick={() =>
          modal.confirm(
            giveUpQuestion({
              title: "放弃这段草稿？",
              content: "草稿还没有发出，放弃后不能恢复。",
              keep: "保留",
              onGiveUp,
            }),
          )
        }
      >
        放弃
      </button>
    </p>
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
  const { text, isWritten, write, clear, sent } = useKeptText(
    report.id,
    `answer/${partOfAnchor(thread.anchor)}/${thread.id}`,
  );
  const act = useAct<{ act: ThreadAct; text: string; version: number }, "threadResponse">(
    report.id,
    `/threads/${thread.id}/entries`,
    "threadResponse",
  );
  const send = (entry: ThreadAct) => {
    if (text.trim() === "") message.info(emptyHint[entry]);
    else {
      void act
        .mutateAsync({ act: entry, text, version: thread.version })
        .then(() => sent(text), stays);
    }
  };
  const acts = mayComment ? thread.allowedActs : [];
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
            {entry.byName}
            {entry.role !== undefined && `（${roleName[entry.role]}）`}{" "}
            {localTime(entry.at).slice(5)} {deeds[entry.act]}
          </small>
          {entry.text !== "" && <p>{entry.text}</p>}
        </div>
      ))}
      {thread.status !== "resolved" && <RemarkChange report={report} thread={thread} />}
      {!thread.blocking && <small className="quiet">不影响通过</small>}
      {(acts.length > 0 || isWritten) && (
        <TextArea
          label={`答复${place}的意见`}
          placeholder={thread.status === "resolved" ? "写明重新提出的理由" : "写下答复或处理结果"}
          value={text}
          onChange={write}
        />
      )}
      {isWritten && <KeptNote onGiveUp={clear} />}
      <div className="thread-acts">
        {acts.map((entry) => (
          <Button
            key={entry}
            size="small"
            loading={act.isPending && act.variables.act === entry}
            disabled={act.isPending}
            onClick={() => send(entry)}
          >
            {deeds[entry]}
          </Button>
        ))}
      </div>
    </article>
  );
}
