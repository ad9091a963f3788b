import { Button } from "antd";
import { useEffect, useState, type RefObject } from "react";

/** At the foot of the text: the source of the figure under the pointer or focus, and what may be done with the sentence. */
export function SentenceBar({
  area,
  onReword,
  onRestore,
  onDetails,
}: {
  area: RefObject<HTMLElement | null>;
  /** Absent where nobody may word the sentence. */
  onReword: (() => void) | undefined;
  onRestore: (() => void) | undefined;
  onDetails: (() => void) | undefined;
}) {
  const source = useSourceInSight(area);
  return (
    <div className="sentence-bar" role="toolbar" aria-label="这一句">
      <span className="sentence-source" role="status">
        {source}
      </span>
      {onReword !== undefined && (
        <Button size="small" onClick={onReword}>
          改写
        </Button>
      )}
      {onRestore !== undefined && (
        <Button size="small" onClick={onRestore}>
          恢复法定表述
        </Button>
      )}
      {onDetails !== undefined && (
        <Button size="small" type="link" onClick={onDetails}>
          出处与意见
        </Button>
      )}
    </div>
  );
}

function useSourceInSight(area: RefObject<HTMLElement | null>): string | undefined {
  const [source, setSource] = useState<string>();
  useEffect(() => {
    const box = area.current;
    if (box === null) return undefined;
    const look = ({ target }: Event) =>
      setSource(
        target instanceof Element
          ? target.closest<HTMLElement>("[data-source]")?.dataset["source"]
          : undefined,
      );
    box.addEventListener("mouseover", look);
    box.addEventListener("focusin", look);
    return () => {
      box.removeEventListener("mouseover", look);
      box.removeEventListener("focusin", look);
    };
  }, [area]);
  return source;
}
