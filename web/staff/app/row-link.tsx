import { useRouter } from "@tanstack/react-router";
import type { ReactNode } from "react";

/**
 * A link to a part of a report in a list of hundreds: an anchor that does not follow the router's state, as each of
 * the router's own links does at every change of the address.
 */
export function RowLink({ id, part, children }: { id: string; part: string; children: ReactNode }) {
  const router = useRouter();
  const target = { to: "/reports/$id/$part", params: { id, part } } as const;
  return (
    <a
      href={router.history.createHref(`/reports/${id}/${part}`)}
      onClick={(event) => {
        // With a key held, or another button, the browser opens a window of its own.
        if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        void router.navigate(target);
      }}
    >
      {children}
    </a>
  );
}
