import type { CellAddress } from "../../../shared/forms/cell.ts";
import type { Edition } from "../../../shared/forms/form.ts";
import { cellName } from "../../../shared/forms/place-name.ts";
import type { OrgKind } from "../../../shared/report/report.ts";
import { isTable, type SectionId } from "../../../shared/report/section-ids.ts";
import type { UnsentSection } from "../editing/drafts.ts";
import { partGroups } from "./parts.ts";
import { shortened } from "./text-places.ts";

/** One thing that is not sent: its place and its content. */
export interface UnsentLine {
  readonly key: string;
  readonly part: string;
  readonly title: string;
  readonly search: { readonly cell?: string };
  readonly words: string;
}

/** More unreadable texts of one part are counted, not named. */
const maxNamed = 5;

/** The part in which a section is written. */
export function partTitles(edition: Edition, kind: OrgKind): ReadonlyMap<string, string> {
  const parts = partGroups(edition, kind).flatMap((group) => group.parts);
  return new Map(parts.map(({ id, title }) => [id, title]));
}

export function unsentLines(
  unsent: readonly UnsentSection[],
  edition: Edition,
  titles: ReadonlyMap<string, string>,
): UnsentLine[] {
  return unsent.flatMap((section) => {
    const part = partOfSection(section.section);
    const at = { part, title: titles.get(part) ?? part };
    const texts = [...section.unreadable];
    return [
      ...(section.changes === 0
        ? []
        : [{ ...at, key: section.section, search: {}, words: stateWords(section) }]),
      ...texts.slice(0, maxNamed).map(([place, text]) => {
        const cell = `${section.section}/${place}`;
        return isTable(section.section)
          ? {
              ...{ ...at, key: cell, search: { cell } },
              words: `${cellName(cell as CellAddress, edition)}：“${shortened(text)}”不能作为数字存入`,
            }
          : { ...at, key: cell, search: {}, words: `“${shortened(text)}”不能存入，请改正` };
      }),
      ...(texts.length > maxNamed
        ? [
            {
              ...{ ...at, key: `${section.section} …`, search: {} },
              words: `另有 ${String(texts.length - maxNamed)} 处不能存入`,
            },
          ]
        : []),
    ];
  });
}

function stateWords({ section, state, changes }: UnsentSection): string {
  const count = `${String(changes)} ${isTable(section) ? "格" : "处"}`;
  switch (state.kind) {
    case "conflict":
      return `${count}与他人的修改冲突，请打开后选定保留哪一个`;
    case "refused":
      return `${count}没有存入：${state.message}`;
    case "offline":
      return `${count}未保存，连接中断`;
    case "unavailable":
      return `${count}未保存，服务暂时不能保存`;
    case "other_tab":
      return `${count}未保存，正在另一个标签页中修改`;
    case "untouched":
    case "saved":
    case "dirty":
    case "saving":
      return `${count}未保存`;
  }
}

export const partOfSection = (section: SectionId): string =>
  section === "adjustments" ? "consolidation" : section === "explanations" ? "findings" : section;
