import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import type { NoticeView } from "../../../shared/contract/responses.ts";
import { noticeKindIds, noticeKinds, type NoticeKind } from "../../../shared/workflow/notices.ts";
import { useChoosePageOnly, useMarkRead, useNotices } from "../api/notices.ts";
import { refusalText } from "../api/queries.ts";
import { message } from "../app/feedback.tsx";
import { Failure, Loading, Nothing } from "../app/placeholders.tsx";
import { useSigned } from "../app/session-context.ts";
import { localTime } from "../app/words.ts";
import "./notices.css";

/** 通知: what happened to the reports that concern me, and about what I want letters. */
export function NoticesPage() {
  const { me, session } = useSigned();
  const { mailsUrl } = session.config;
  return (
    <div className="notices-page">
      <title>通知</title>
      <h1 className="page-title">通知</h1>
      {mailsUrl !== undefined && (
        <p className="quiet">
          演示环境不向外发邮件，各人的邮件都在
          <a href={mailsUrl} target="_blank" rel="noreferrer">
            本地邮件
          </a>
          。
        </p>
      )}
      {me.regions.map(({ region, regionName }) => (
        <RegionNotices
          key={region}
          region={region}
          name={me.regions.length > 1 ? `${regionName}的通知` : "收到的通知"}
        />
      ))}
    </div>
  );
}

function RegionNotices({ region, name }: { region: string; name: string }) {
  const notices = useNotices(region);
  const mark = useMarkRead(region);
  const [isUnreadOnly, setUnreadOnly] = useState(false);
  if (notices.data === undefined) {
    return notices.isError ? <Failure error={notices.error} /> : <Loading />;
  }
  const all = notices.data.pages.flatMap(({ items }) => items);
  const shown = isUnreadOnly ? all.filter(({ read }) => !read) : all;
  return (
    <>
      <section className="panel" aria-label={name}>
        <div className="notices-bar">
          <h2>{name}</h2>
          <label>
            <input
              type="checkbox"
              checked={isUnreadOnly}
              onChange={({ target }) => {
                setUnreadOnly(target.checked);
              }}
            />{" "}
            只看未读
          </label>
          <Button
            size="small"
            disabled={all.every(({ read }) => read)}
            loading={mark.isPending}
            onClick={() => {
              mark.mutate({ all: true });
            }}
          >
            全部标为已读
          </Button>
        </div>
        {shown.length === 0 && (
          <Nothing>
            {all.length === 0
              ? "还没有通知。轮到您办理、报告被退回或公开时，会在这里告知。"
              : "没有未读的通知。"}
          </Nothing>
        )}
        <ul className="notice-list">
          {shown.map((notice) => (
            <NoticeItem
              key={notice.id}
              notice={notice}
              onRead={() => {
                if (!notice.read) mark.mutate({ ids: [notice.id] });
              }}
            />
          ))}
        </ul>
        {notices.hasNextPage && (
          <Button loading={notices.isFetchingNextPage} onClick={() => void notices.fetchNextPage()}>
            更早的通知
          </Button>
        )}
      </section>
      <Preferences region={region} pageOnly={notices.data.pages[0]?.pageOnly ?? []} />
    </>
  );
}

function NoticeItem({ notice, onRead }: { notice: NoticeView; onRead: () => void }) {
  const { about, title, detail, byName, at, path, read } = notice;
  return (
    <li className={read ? "" : "unread"}>
      <Link to={path} onClick={onRead}>
        {!read && <span className="unread-mark">未读</span>}
        <strong>{about}</strong> {title}
      </Link>
      {detail !== undefined && <p>{detail}</p>}
      <p className="quiet">
        {localTime(at)}
        {byName !== undefined && ` ${byName}`}
      </p>
    </li>
  );
}

/** Each kind is shown here; about which of them letters go out, too, is chosen. */
function Preferences({ region, pageOnly }: { region: string; pageOnly: readonly NoticeKind[] }) {
  const choose = useChoosePageOnly(region);
  /** A tick is seen at once, and taken back where it could not be stored. */
  const [underWay, setUnderWay] = useState<readonly NoticeKind[]>();
  const chosen = underWay ?? pageOnly;
  const change = (kind: NoticeKind, isMailed: boolean) => {
    const next = isMailed ? chosen.filter((one) => one !== kind) : [...chosen, kind];
    setUnderWay(next);
    choose.mutate(next, {
      onSettled: () => setUnderWay(undefined),
      onSuccess: () => message.success("已保存。"),
      onError: (error) => message.error(refusalText(error)),
    });
  };
  return (
    <details className="panel notice-preferences">
      <summary>通知方式</summary>
      <p className="quiet">
        每类通知都显示在本页；勾选的同时发送邮件。管理员催办的邮件按“期限提醒”处理。
      </p>
      <ul>
        {noticeKindIds.map((kind) => {
          const { name, mailed } = noticeKinds[kind];
          return (
            <li key={kind}>
              {mailed ? (
                <label>
                  <input
                    type="checkbox"
                    checked={!chosen.includes(kind)}
                    onChange={({ target }) => {
                      change(kind, target.checked);
                    }}
                  />{" "}
                  {name}
                </label>
              ) : (
                <span className="quiet">{name}（只在本页）</span>
              )}
            </li>
          );
        })}
      </ul>
    </details>
  );
}
