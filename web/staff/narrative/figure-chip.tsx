import type { ReactNode } from "react";
import type { FigureSource } from "../../../shared/report/figure-source.ts";
import { sourceCells } from "../../../shared/narrative/sources.ts";
import { sourceName } from "../../../shared/narrative/source-name.ts";
import type { Report } from "../../../shared/report/report.ts";

/** Where a figure's cell is filled in; undefined of one that no cell states. */
export function cellHref(report: string, source: FigureSource): string | undefined {
  const [cell] = sourceCells(source);
  if (cell === undefined) return undefined;
  const part = cell.split("/")[0] ?? "";
  return `/reports/${report}/${part}?cell=${encodeURIComponent(cell)}`;
}

/** Of a figure that is kept on one line, in characters; the name of something may be as long as the line. */
const longestUnbroken = 12;

/** A figure that follows its cell: it names the cell, leads to it, and cannot be typed into. */
export function FigureChip({
  report,
  whole,
  source,
  figure,
  isReachable,
  onGo,
  children,
}: {
  report: string;
  whole: Report;
  source: FigureSource;
  figure: string;
  /** By Tab: in the sentence at hand. */
  isReachable: boolean;
  onGo: (href: string) => void;
  children: ReactNode;
}) {
  const name = sourceName(source, whole);
  const href = cellHref(report, source);
  const shown = {
    className: figure.length <= longestUnbroken ? "figure short" : "figure",
    title: name,
    "data-source": `${figure} · ${name}`,
    tabIndex: isReachable ? 0 : -1,
  };
  return href === undefined ? (
    <span {...shown}>{children}</span>
  ) : (
    <a
      {...shown}
      href={href}
      aria-label={`${figure}，${name}`}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        onGo(href);
      }}
    >
      {children}
    </a>
  );
}
