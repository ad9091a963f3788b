import { functionCodesOfYear } from "../../editions/national/codes/function-codes.ts";
import { parentCode } from "../../forms/codes/code-table.ts";
import { formerNamesOf, formerNameOf } from "../../forms/codes/code-history.ts";
import type { TextContext } from "../text/text-context.ts";
import { type TextFault, quoteAt, listedLines } from "../text/text-finding.ts";
import { type PrintedFigure, printedFigures } from "../../narrative/read/printed-figure.ts";
import type { Rule } from "../rule.ts";

type Codes = ReadonlyMap<string, string>;

/** 教育支出（类）普通教育（款）小学教育（项）. */
const chain =
  /(?<=^|[“。；：，、.．\d）])(\p{Script=Han}[\p{Script=Han}、]{1,25})（类）([\p{Script=Han}、]{2,40})（款）([\p{Script=Han}、（）]{2,45}?)（项）/gu;

/** 一般公共服务 is 一般公共服务支出. */
const plain = (name: string) => name.replace(/支出$/u, "");

const levels = ["类", "款", "项"] as const;

/** Of a code and its parents, from 类. */
const pathOf = (code: string): readonly string[] => [
  code.slice(0, 3),
  parentCode(code) ?? code,
  code,
];

const chainsOf = (codes: Codes): ReadonlySet<string> =>
  new Set(
    [...codes.keys()]
      .filter((code) => code.length === 7)
      .map((code) => key(pathOf(code).map((one) => codes.get(one) ?? ""))),
  );

const key = (names: readonly string[]): string => names.map(plain).join("|");

/** Most chains are right: these need no search; made once a code table. */
const rightChains = new WeakMap<Codes, ReadonlySet<string>>();

function rightChainsOf(codes: Codes): ReadonlySet<string> {
  const chains = rightChains.get(codes) ?? chainsOf(codes);
  rightChains.set(codes, chains);
  return chains;
}

interface Path {
  readonly codes: readonly string[];
  /** Of each level: the name printed is the code's, an earlier one of it, or another. */
  readonly names: readonly ("same" | "former" | "other")[];
}

/** A level of a path under its name, present or former. */
const levelKey = (level: number, name: string): string => `${String(level)}|${plain(name)}`;

/** The paths that a name at a level may be of, by `levelKey`; made once a code table. */
const pathsByName = new WeakMap<Codes, ReadonlyMap<string, ReadonlySet<string>>>();

function pathsOf(codes: Codes): ReadonlyMap<string, ReadonlySet<string>> {
  const known = pathsByName.get(codes);
  if (known !== undefined) return known;
  const byName = new Map<string, Set<string>>();
  for (const code of codes.keys()) {
    if (code.length !== 7) continue;
    for (const [level, one] of pathOf(code).entries()) {
      for (const name of [codes.get(one) ?? "", ...formerNamesOf(one)]) {
        const paths = byName.get(levelKey(level, name));
        if (paths) paths.add(code);
        else byName.set(levelKey(level, name), new Set([code]));
      }
    }
  }
  pathsByName.set(codes, byName);
  return byName;
}

/** Paths with at most one name of another code: two of the three names printed have to be theirs. */
function pathsNear(printed: readonly string[], codes: Codes): Path[] {
  const [ofClass, ofGroup, ofItem] = levels.map(
    (_, level) => pathsOf(codes).get(levelKey(level, printed[level] ?? "")) ?? new Set<string>(),
  );
  const named = [...new Set([...(ofGroup ?? []), ...(ofItem ?? [])])].filter(
    (code) => [ofClass, ofGroup, ofItem].filter((paths) => paths?.has(code) === true).length >= 2,
  );
  return named.sort().flatMap((code): Path[] => {
    const path = pathOf(code);
    const names = path.map((one, level) => {
      const name = printed[level] ?? "";
      if (plain(codes.get(one) ?? "") === plain(name)) return "same";
      return formerNameOf(one, name) === undefined ? "other" : "former";
    });
    return names.filter((name) => name === "other").length <= 1 ? [{ codes: path, names }] : [];
  });
}

/** The one path that is meant, where that is plain. */
function meant(
  printed: readonly string[],
  codes: Codes,
  ofAmount: (code: string) => boolean,
): Path | undefined {
  const near = pathsNear(printed, codes);
  const exact = near.find(({ names }) => !names.includes("other"));
  if (exact !== undefined) return exact;
  const plainly = near.filter(({ codes: path, names }) => {
    const level = names.indexOf("other");
    const isReorderedName = isReordered(codes.get(path[level] ?? ""), printed[level]);
    return isReorderedName || ofAmount(path[2] ?? "") || (level < 2 && near.length === 1);
  });
  const [only, another] = plainly;
  return another === undefined ? only : undefined;
}

const formerWords: readonly (readonly [string, string])[] = [["国土资源", "自然资源"]];

/** 其他社区城乡管理事务支出 is 其他城乡社区管理事务支出; 国土资源 is 自然资源 since 2019. */
function isReordered(right = "", printed = ""): boolean {
  const signs = (name: string) => Array.from(plain(name)).sort().join("");
  return (
    signs(right) === signs(printed) ||
    formerWords.some(([former, now]) => plain(printed).replace(former, now) === plain(right))
  );
}

/** 文化体育与传媒支出 in a list by 类, years after it was renamed. */
function formerClasses({ text }: TextContext, codes: Codes): TextFault[] {
  return [...codes].flatMap(([code, name]): TextFault[] =>
    code.length > 3
      ? []
      : formerNamesOf(code).flatMap((former) => {
          const worded = new RegExp(`${former}(?=”?(?:（类）)?[\\d（：，])`, "u");
          const found = text.blocks.flatMap(({ block, chapter }) => {
            const at =
              chapter === "general" || chapter === "fiscal" ? block.text.search(worded) : -1;
            return at < 0 || /（款）/u.test(block.text) ? [] : [quoteAt(block, at)];
          });
          const [first] = found;
          if (first === undefined) return [];
          return [
            {
              ...first,
              actual: former,
              expected: name,
              what: `“${former}”不是${String(text.year)}年科目的名称，${code}为“${name}”`,
              mend: `改为“${name}”`,
            },
          ];
        }),
  );
}

/** Names that are not those of the year's 科目, each wrong name once. */
function strangeCodes(context: TextContext): TextFault[] {
  const { text, tables } = context;
  const codes = text.year === undefined ? undefined : functionCodesOfYear(text.year);
  if (codes === undefined) return [];
  const known = new Map<string, TextFault & { readonly lines: number[] }>();
  for (const { block, chapter } of text.blocks) {
    if (chapter === "glossary" || chapter === "evaluation") continue;
    let amounts: readonly PrintedFigure[] | undefined;
    for (const match of block.text.matchAll(chain)) {
      const printed = match.slice(1, 4);
      if (rightChainsOf(codes).has(key(printed))) continue;
      const path = meant(printed, codes, (code) => {
        const spent = tables?.value(`t05/${code}/total`);
        amounts ??= printedFigures(block.text).filter(
          ({ unit, value }) => unit === "money" && value > 0,
        );
        return (
          spent !== undefined &&
          amounts.some(
            ({ start, value }) => start > match.index && Math.abs(value - spent) <= 10_000,
          )
        );
      });
      for (const [level, state] of path?.names.entries() ?? []) {
        const code = path?.codes[level] ?? "";
        const [right, wrong, mark] = [codes.get(code), printed[level], levels[level]];
        if (state === "same" || right === undefined || wrong === undefined || mark === undefined)
          continue;
        const at = quoteAt(block, match.index);
        const other = known.get(`${code}|${wrong}`);
        if (other !== undefined) {
          other.lines.push(at.line);
          continue;
        }
        const former = formerNameOf(code, wrong);
        known.set(`${code}|${wrong}`, {
          ...at,
          lines: [],
          actual: `${wrong}（${mark}）`,
          expected: `${right}（${mark}）`,
          what: `“${wrong}（${mark}）”不是${String(text.year)}年科目的名称，${code}为“${right}（${mark}）”${former === undefined ? "" : `（旧名称用到${former.to}年）`}`,
          mend: `改为“${right}（${mark}）”`,
        });
      }
    }
  }
  const ofChains = [...known.values()].map(({ lines, what, ...fault }) => ({
    ...fault,
    what: lines.length === 0 ? what : `${what}；第${listedLines(lines)}行同样`,
  }));
  return [...ofChains, ...formerClasses(context, codes)];
}

const used = /主要用于：?([^。；]{6,60})/u;

/** 住房公积金（项）。主要用于：事业单位医疗保险支出: what another item is for. */
function strangePurposes({ text }: TextContext): TextFault[] {
  const items = text.blocks.flatMap(({ block, chapter }) => {
    const match = chapter === "general" ? [...block.text.matchAll(chain)].at(0) : undefined;
    const purpose = used.exec(block.text);
    if (match === undefined || purpose === null) return [];
    const [, group = "", kind = "", item = ""] = match;
    return [{ block, at: purpose.index, group, kind, item, purpose: purpose[1] ?? "" }];
  });
  /** The first of each 类 whose own purpose it is, by purpose. */
  const owners = new Map<string, Map<string, (typeof items)[number]>>();
  for (const one of items) {
    const ofPurpose = owners.get(one.purpose) ?? new Map<string, typeof one>();
    owners.set(one.purpose, ofPurpose);
    if (!ofPurpose.has(one.group) && longestCommon(one.purpose, one.item) >= 4)
      ofPurpose.set(one.group, one);
  }
  return items.flatMap(({ block, at, group, kind, item, purpose }): TextFault[] => {
    const own = longestCommon(purpose, `${group}|${kind}|${item}`);
    const other = [...(owners.get(purpose)?.values() ?? [])]
      .slice(0, 2)
      .find((one) => one.group !== group);
    if (other === undefined || own >= 3) return [];
    return [
      {
        ...quoteAt(block, at),
        actual: purpose,
        what: `${item}（项）写的是${other.item}（项）的用途（第${String(other.block.lines[other.at])}行一字不差）`,
        mend: `写明${item}（项）的用途`,
      },
    ];
  });
}

/** Length of the longest run of characters that both have, 支出 apart. */
function longestCommon(a: string, b: string): number {
  const [short, long] = [a.replaceAll("支出", ""), b.replaceAll("支出", "")];
  let longest = 0;
  for (let from = 0; from < short.length; from += 1) {
    while (from + longest < short.length && long.includes(short.slice(from, from + longest + 1))) {
      longest += 1;
    }
  }
  return longest;
}

export const codeNameRules: readonly Rule[] = [
  {
    id: "W09",
    statement: "正文的类、款、项名称与当年科目一致",
    basis: "政府收支分类科目",
    severity: "warning",
    tolerance: "none",
    text: { amounts: "none", run: strangeCodes },
  },
  {
    id: "W10",
    statement: "各项支出写明自己的用途，不照抄别项的",
    severity: "warning",
    tolerance: "none",
    text: { amounts: "none", run: strangePurposes },
  },
];
