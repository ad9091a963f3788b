import { useEffect, useEffectEvent } from "react";
import { useSigned } from "../app/session-context.ts";

/** A field whose text is taken over when its person leaves it in whatever way: by key, link, Back or reload. */
export function useOpenEditor(commit: () => void): void {
  const { drafts } = useSigned();
  const takeOver = useEffectEvent(commit);
  useEffect(() => {
    const remove = drafts.addEditor(() => takeOver());
    return () => {
      takeOver();
      remove();
    };
  }, [drafts]);
}
