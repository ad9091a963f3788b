import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { modal } from "../app/feedback.tsx";
import { giveUpQuestion } from "../app/give-up-question.ts";

/** Places of a report with unsent content, each a link to it. */
export function UnsentList({
  label,
  report,
  lines,
  onGo,
}: {
  label: string;
  report: string;
  lines: readonly {
    readonly key: string;
    readonly part: string;
    readonly title: string;
    readonly search: { readonly cell?: string; readonly sentence?: string };
    readonly words: ReactNode;
    /** Present where it can be let go without going there. */
    readonly onGiveUp?: () => void;
  }[];
  onGo?: () => void;
}) {
  return (
    <ul className="unsent-list" aria-label={label}>
      {lines.map(({ key, part, title, search, words, onGiveUp }) => (
        <li key={key}>
          <Link
            to="/reports/$id/$part"
            params={{ id: report, part }}
            search={search}
            onClick={onGo}
          >
            {title}
          </Link>
          <span>{words}</span>
          {onGiveUp !== undefined && (
            <button
              type="button"
              className="link"
              aria-label={`放弃：${title}`}
              onClick={() =>
                modal.confirm(
                  giveUpQuestion({
                    title: "放弃这段文字？",
                    content: "文字还没有发出，放弃后不能恢复。",
                    keep: "保留",
                    onGiveUp,
                  }),
                )
              }
            >
              放弃
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}
