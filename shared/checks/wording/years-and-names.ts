import type { TextContext } from "../text/text-context.ts";
import { type TextFault, quoteAt, listedLines } from "../text/text-finding.ts";
import { clauseBefore } from "../../narrative/read/clauses.ts";
import { isBlock } from "../../narrative/read/flow.ts";
import { accountable } from "./reasons.ts";
import type { Blocks } from "./template-residue.ts";
import type { Rule } from "../rule.ts";

/** This year's subject under another year, and a comparison with a year that is not the one before. */
function strangeYears({ text }: TextContext): TextFault[] {
  const { year } = text;
  if (year === undefined) return [];
  const wrongBase = text.statements.flatMap((statement): TextFault[] =>
    statement.changes.flatMap(({ base, start }): TextFault[] => {
      if (statement.concept === undefined || base?.kind !== "prior" || base.year === undefined)
        return [];
      if (base.year === year - 1) return [];
      return [
        {
          ...quoteAt(statement.block, start),
          actual: `${base.year}年`,
          expected: `${year - 1}年`,
          what: `${year}年度决算应与${year - 1}年比较，此处写${base.year}年`,
          mend: `改为${year - 1}年，并核对增减额`,
        },
      ];
    }),
  );
  const wrongSubject = text.statements.flatMap((statement): TextFault[] => {
    const { block, concept, start } = statement;
    if (concept === undefined) return [];
    const clause = clauseBefore(block.text, start);
    const own = clause + block.text.slice(start, statement.amount?.start ?? start);
    const stated =
      /^(?:（[一二三四五六七八九十]+）)?(?!.*(?:[较比与]|(?<!合)同))[^，。；：]*?(20\d\d)年度(?!.*[较比])/u.exec(
        own,
      )?.[1];
    if (stated === undefined || Number(stated) === year) return [];
    return [
      {
        ...quoteAt(block, start),
        actual: `${stated}年度`,
        expected: `${year}年度`,
        what: `本报告是${year}年度决算，此处写${stated}年度`,
        mend: `改为${year}年度`,
      },
    ];
  });
  const wrongTables = text.flow.parts.flatMap((part): TextFault[] => {
    if (isBlock(part)) return [];
    const head = part.rows
      .slice(0, 6)
      .find(({ text: row }) => /^（?\s*20\d\d\s*年度?\s*）?$|20\d\d\s*年度/u.test(row));
    const stated = /(20\d\d)\s*年/u.exec(head?.text ?? "")?.[1];
    if (head === undefined || stated === undefined || Number(stated) === year) return [];
    return [
      {
        quote: `${part.title}${head.text}`,
        line: head.line,
        actual: `${stated}年度`,
        expected: `${year}年度`,
        what: `${part.title}写的是${stated}年度，本报告是${year}年度决算`,
        mend: "换成本年度的附件，或改正年度",
      },
    ];
  });
  return [
    ...wrongBase,
    ...wrongSubject,
    ...wrongTables,
    ...staleSentences(text, year),
    ...staleHeadings(text, year),
    ...staleDates(text, year),
  ];
}

const reportHeading =
  /^(?:第[一二三四五六]部分)?[\p{Script=Han}（）]{0,30}?(20\d\d)年度(?:部门|单位)决算(?:表|情况|情况说明)?(?:公开)?$/u;

/** 第三部分 某局2021年度部门决算情况说明 in a report of 2022. */
function staleHeadings({ flow }: TextContext["text"], year: number): TextFault[] {
  const stale = flow.lines.flatMap(({ text: row, line }) => {
    const stated = reportHeading.exec(row.replace(/\s|(?<![.…·])[.…·]+\s*\d*$/gu, ""))?.[1];
    return stated === undefined || Number(stated) === year ? [] : [{ row, line, stated }];
  });
  const [first, ...others] = stale;
  if (first === undefined) return [];
  return [
    {
      quote: first.row,
      line: first.line,
      actual: `${first.stated}年度`,
      expected: `${year}年度`,
      what: `本报告是${year}年度决算，标题写${first.stated}年度${others.length === 0 ? "" : `，第${listedLines(others.map(({ line }) => line))}行同样`}`,
      mend: `改为${year}年度`,
    },
  ];
}

/** 截至2021年12月31日，…共有车辆 in a report of 2022. */
const staleDates = ({ blocks }: TextContext["text"], year: number): TextFault[] =>
  blocks.flatMap(({ block, chapter }): TextFault[] => {
    if (chapter === "glossary" || chapter === "evaluation") return [];
    const match = /截[至止](20\d\d)年(?:12月31日|末|底)(?=[^。；]{0,60}(?:共有|车辆|设备))/u.exec(
      block.text,
    );
    if (match === null || Number(match[1]) === year) return [];
    return [
      {
        ...quoteAt(block, match.index),
        actual: `${String(match[1])}年`,
        expected: `${year}年`,
        what: `本报告是${year}年度决算，资产情况写的是${String(match[1])}年末`,
        mend: `改为${year}年，并核对数量`,
      },
    ];
  });

/** 2021年度…较2021年: a year compared with itself; and money of last year in a sentence of its own. */
function staleSentences({ blocks }: TextContext["text"], year: number): TextFault[] {
  const stale =
    /(?<=^|[。；])(?:[^，。；：\d]{0,20})(20\d\d)年度(?:(?=[^，。；：]{2,40}?(?:较|比)\1年)|(?=(?:本部门|本单位)[^，。；：较比与]{2,40}\d[\d.,]*万元))/gu;
  return blocks.flatMap(({ block, chapter }): TextFault[] =>
    accountable.has(chapter) || chapter === "procurement"
      ? [...block.text.matchAll(stale)].flatMap((match): TextFault[] => {
          const stated = match[1] ?? "";
          if (Number(stated) === year) return [];
          return [
            {
              ...quoteAt(block, match.index),
              actual: `${stated}年度`,
              expected: `${year}年度`,
              what: `本报告是${year}年度决算，此处写${stated}年度`,
              mend: `改为${year}年度`,
            },
          ];
        })
      : [],
  );
}

const titled =
  /(?:^|[。；：，》]|部分|纳入)((?!第)[\p{Script=Han}（）]{5,30}[局委办院校所站队处会厅馆室社团镇乡部府心署道])(?=20\d\d年度)/gu;

/** Name of the unit as most headings and sentences give it, and how many do. */
function ownName(blocks: Blocks): readonly [name: string, count: number] | undefined {
  const counts = new Map<string, number>();
  for (const { block, chapter } of blocks) {
    if (chapter === "glossary" || chapter === "evaluation") continue;
    for (const [, name = ""] of block.text.matchAll(titled)) {
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0];
}

/** A full name that is in fewer places may be the longer one of two that are used. */
const fewestNames = 4;

/** Slips of a name: 和 for 与, the district left out, the city left out. */
function slipsOf(
  name: string,
  count: number,
): readonly { readonly slip: RegExp; readonly words: string }[] {
  const swapped = ["和", "与", "及"].flatMap((sign) =>
    ["和", "与", "及"].flatMap((other) =>
      other !== sign && name.includes(sign) ? [name.replace(sign, other)] : [],
    ),
  );
  const [, city = "", district = "", rest = ""] =
    /^([\p{Script=Han}]{2,3}市)([\p{Script=Han}]{1,4}[区县])([\p{Script=Han}]{4,})$/u.exec(name) ??
    [];
  const shortened =
    rest === "" || count < fewestNames
      ? []
      : [
          { words: `${city}${rest}`, slip: new RegExp(`${city}${rest}(?=20\\d\\d年度)`, "u") },
          {
            words: `${district}${rest}`,
            slip: new RegExp(
              `(?<!${city})${district}${rest}(?=20\\d\\d年度|(?:部门（单位）)?共有车辆)`,
              "u",
            ),
          },
        ];
  return [...swapped.map((words) => ({ words, slip: new RegExp(words, "u") })), ...shortened];
}

function slippedNames({ text }: TextContext): TextFault[] {
  const [name = "", count = 0] = ownName(text.blocks) ?? [];
  if (count < 2) return [];
  return slipsOf(name, count).flatMap(({ slip, words }): TextFault[] => {
    const found = text.blocks.flatMap(({ block, chapter }) => {
      const at = chapter === "glossary" || chapter === "evaluation" ? -1 : block.text.search(slip);
      return at < 0 ? [] : [quoteAt(block, at)];
    });
    const [first, ...others] = found;
    if (first === undefined) return [];
    return [
      {
        ...first,
        severity: "warning",
        actual: words,
        expected: name,
        what: `单位名称写作“${words}”${others.length === 0 ? "" : `（第${listedLines(others.map(({ line }) => line))}行同样）`}，别处写作“${name}”`,
        mend: `改为“${name}”`,
      },
    ];
  });
}

function strangeNames({ text }: TextContext): TextFault[] {
  const named = text.flow.lines.flatMap(({ text: row, line }) => {
    const name = /编制(?:单位|部门)：\s*([\p{Script=Han}（）]{4,40})/u.exec(row)?.[1];
    return name === undefined ? [] : [{ name, line, row }];
  });
  const [first] = named;
  return named.flatMap(({ name, line, row }): TextFault[] =>
    first === undefined || name === first.name
      ? []
      : [
          {
            quote: row,
            line,
            actual: name,
            expected: first.name,
            what: `编制单位写作“${name}”，前面的表写作“${first.name}”`,
            mend: "各表的编制单位应为同一全称",
          },
        ],
  );
}

export const yearAndNameRules: readonly Rule[] = [
  {
    id: "R218",
    statement: "年度和单位名称在标题、正文、附件各处一致",
    severity: "error",
    tolerance: "none",
    text: {
      amounts: "none",
      run: (context) => [
        ...strangeYears(context),
        ...strangeNames(context),
        ...slippedNames(context),
      ],
    },
  },
];
