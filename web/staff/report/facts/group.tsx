import type { ReactNode } from "react";

/** A group of fields under one heading. */
export function Group({
  title,
  hint,
  children,
}: {
  title: string;
  hint?: string;
  children: ReactNode;
}) {
  return (
    <section className="panel" aria-label={title}>
      <h2>
        {title} {hint !== undefined && <small className="quiet">{hint}</small>}
      </h2>
      <div className="fact-group">{children}</div>
    </section>
  );
}

/** Names of members, in their order. */
export const entries = <Names extends object>(names: Names) =>
  Object.entries(names) as { [Key in keyof Names]: [Key, Names[Key]] }[keyof Names][];
