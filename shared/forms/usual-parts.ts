import type { EditionPart } from "./form.ts";

/** The four parts of a report (财预〔2016〕143号), in order. */
export const usualParts: readonly EditionPart[] = [
  { id: "overview", title: "{机构名称}概况", holds: "overview" },
  { id: "tables", title: "{年}年度{部门}决算表", holds: "tables" },
  { id: "narrative", title: "{年}年度{部门}决算情况说明", holds: "narrative" },
  { id: "glossary", title: "名词解释", holds: "glossary" },
];
