import { useState, type ReactNode } from "react";

/** Remarks of a plan, each with its place; open where they are to be looked at. */
export function Lines({
  title,
  lines,
  further = 0,
  open = false,
}: {
  title: string;
  lines: readonly { readonly where: string; readonly message: string }[];
  further?: number;
  open?: boolean;
}) {
  if (lines.length === 0) return null;
  return (
    <Foldable
      open={open}
      label={
        <>
          <strong>{title}</strong>
          <span className="accounts-counts">{lines.length + further} 项</span>
        </>
      }
    >
      <ul className="accounts-lines" aria-label={title}>
        {lines.map(({ where, message }, index) => (
          <li key={index}>
            <strong>{where}</strong>
            <br />
            {message}
          </li>
        ))}
      </ul>
      {further > 0 && <p className="quiet">另有 {further} 项没有逐一列出。</p>}
    </Foldable>
  );
}

/** Its content is drawn when it is opened: a table may have thousands of figures. */
export function Foldable({
  label,
  open = false,
  children,
}: {
  label: ReactNode;
  open?: boolean;
  children: ReactNode;
}) {
  const [isOpen, setIsOpen] = useState(open);
  return (
    <details
      className="accounts-fold"
      open={isOpen}
      onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}
    >
      <summary>{label}</summary>
      {isOpen && children}
    </details>
  );
}
