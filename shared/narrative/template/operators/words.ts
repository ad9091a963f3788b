import { chineseOrdinal } from "../../../chinese-ordinal.ts";
import { operator, word } from "../define.ts";
import { entryOf } from "../scope.ts";
import { factAt } from "../../sources.ts";

/** Words that print the year, the body, and the entry of a list. */

const stop = /[。；;.]$/u;

const textAt = (report: Parameters<typeof factAt>[0], path: string): string => {
  const text = factAt(report, path);
  return typeof text === "string" ? text.trim() : "";
};

export const words = [
  word("年", ({ figures }) => `${figures.year}`),
  word("上年", ({ figures }) => `${figures.priorYear}`),
  word("部门", ({ figures }) => figures.body),
  word("本部门", ({ figures }) => `本${figures.body}`),
  word("机构名称", ({ figures }) => figures.report.identity.orgName),
  word("名称", (scope) => entryOf(scope).name, "list"),
  word("一", (scope) => chineseOrdinal(entryOf(scope).number), "list"),
  word("1", (scope) => `${entryOf(scope).number}`, "list"),
  /** ； after an entry, 。 after the last; nothing where the text printed before ends with a stop of its own. */
  word("收尾", (scope) => (entryOf(scope).isLast ? "。" : "；"), "list"),
  operator({
    keyword: "收尾于",
    takes: { of: "quantity" },
    needs: { of: "fact" },
    inside: "list",
    write: ({ of }, scope) => {
      const isStopped =
        of.source.kind === "fact" && stop.test(textAt(scope.figures.report, of.source.path));
      if (isStopped) return "";
      return entryOf(scope).isLast ? "。" : "；";
    },
  }),
  /** A text of people and the word after it, once: 道路建设项目, 园区改造（项目）. */
  operator({
    keyword: "补足",
    takes: { of: "quantity", ending: "text" },
    needs: { of: "fact" },
    write: ({ of, ending }, { figures }) =>
      of.source.kind === "fact" && textAt(figures.report, of.source.path).endsWith(ending)
        ? ""
        : ending,
  }),
];
