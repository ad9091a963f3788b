import type { ReactNode } from "react";

/** A list of the desk (汇总) under its title, with how many it has. */
export function Panel({
  title,
  count,
  children,
}: {
  title: string;
  count: number;
  children: ReactNode;
}) {
  return (
    <section className="panel" aria-label={title}>
      <h2>
        {title} <span className="quiet">{count}</span>
      </h2>
      {children}
    </section>
  );
}
