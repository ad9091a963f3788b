import { useMemo } from "react";
import { wordDiff } from "../../../shared/comparison/word-diff.ts";

/** A text as it was and is, in one line: what was taken out struck, what was put in marked. */
export function WordChange({
  old = "",
  now = "",
}: {
  old: string | undefined;
  now: string | undefined;
}) {
  const pieces = useMemo(() => wordDiff(old, now), [old, now]);
  return (
    <span className="word-change">
      {pieces.map(({ kind, text }, index) => {
        if (kind === "removed") return <del key={index}>{text}</del>;
        if (kind === "added") return <ins key={index}>{text}</ins>;
        return <span key={index}>{text}</span>;
      })}
    </span>
  );
}
