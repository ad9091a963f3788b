import type { ChapterKind } from "../../../narrative/read/chapters.ts";
import { isBlock, type Block } from "../../../narrative/read/flow.ts";
import { clauseBefore, type Statement } from "../../../narrative/read/statements.ts";
import { mostAtAPlace } from "../../few-at-a-place.ts";
import { isStockPhrase } from "../../stock-phrases.ts";
import { listedLines, quoteAt, type TextFault } from "../text-finding.ts";
import type { TextContext, TextRule } from "../text-rule.ts";

type Blocks = TextContext["text"]["blocks"];

/** One fault a match, in paragraphs and headings alike. */
function matches(
  blocks: Blocks,
  pattern: RegExp,
  fault: (
    found: string,
    at: { block: Block; start: number },
  ) => Omit<TextFault, "quote" | "line"> | undefined,
): TextFault[] {
  const faults: TextFault[] = [];
  for (const { block } of blocks) {
    let quoted: ReturnType<typeof quoteAt> | undefined;
    let count = 0;
    for (const match of block.text.matchAll(pattern)) {
      const told = fault(match[0], { block, start: match.index });
      if (told === undefined) continue;
      count += 1;
      // Those beyond what is told of one place are only counted.
      if (quoted === undefined || count <= mostAtAPlace) quoted = quoteAt(block, match.index);
      faults.push({ ...quoted, ...told });
    }
  }
  return faults;
}

const choice = "(?:增加|增长|上升|提高|减少|下降|降低|大于|小于|高于|低于|持平)";
const opposites = new RegExp(`${choice}(?:（${choice}(?:[、/]${choice})*）|[/／]${choice})`, "gu");
const torn = /增下降|减增长|增减少|减增加|大小于|高低于|无增增减|增增[加长减]|减减[少]|增长下降/gu;
const blanks =
  /(?<![XＸ×xｘ])[XＸ×xｘ]{2,}(?=[%年个万元辆人批次项、，。；：）（]|部门|单位|[局委办院处]|$)|[（(]如持平作持平表述[）)]|（不涉及的不列）|请填写|此处填|\*{3,}万?元?|_{3,}|〔待填/gu;

/** A text with more blanks than these was not filled in at all. */
const mostResidue = 30;

function residue(context: TextContext): TextFault[] {
  const faults = residueOf(context);
  const [first] = faults;
  if (first === undefined || faults.length <= mostResidue) return faults;
  const lines = [...new Set(faults.map(({ line }) => line))].sort((a, b) => a - b);
  return [
    {
      ...first,
      what: `全文有${faults.length}处模板的空白、备选词或填写提示没有填写、选定（第${lines.slice(0, 10).join("、")}行等），像是没有填写的模板`,
      mend: "逐处填写、选定后再检查",
    },
  ];
}

function residueOf({ text }: TextContext): TextFault[] {
  return [
    ...onePerSentence(
      matches(text.blocks, opposites, (found) => ({
        actual: found,
        expected: "按实际情况保留一个词",
        what: `“${found}”是模板的备选词，没有选定`,
        mend: "按增减的实际情况选定一个词；持平的写“持平”",
      })),
    ),
    ...matches(text.blocks, torn, (found) => ({
      actual: found,
      what: `“${found}”是修改模板留下的残字`,
      mend: "删去多余的字",
    })),
    ...matches(text.blocks, /列明(?=(?:国内)?公务接待)/gu, (found) => ({
      actual: found,
      what: `“${found}”是模板的填写提示`,
      mend: "删去",
    })),
    ...matches(
      text.blocks,
      /(?<=[局处委办院会府心厅社])部门（单位）(?=共有|20\d\d年)/gu,
      (found) => ({
        severity: "warning",
        actual: found,
        what: `单位名称后面的“${found}”是模板的备选词`,
        mend: "删去",
      }),
    ),
    ...keptInstructions(text.flow.lines),
    ...onePerBlock(text.blocks, blanks, (found) => ({
      actual: found,
      what: `“${found}”是模板的空白或填写提示`,
      mend: "填入实际内容或删去",
    })),
  ];
}

/** 无…的，仍保留该表格式，并在本表下方作下述说明：… below a table. */
function keptInstructions(lines: TextContext["text"]["flow"]["lines"]): TextFault[] {
  const found = lines.filter(({ text: row }) =>
    /仍保留该表格式|在本表下方作[下如]述?说明/u.test(row),
  );
  // One instruction may run over two lines.
  const each = found.filter(({ line }, at) => line !== (found[at - 1]?.line ?? -1) + 1);
  const [first, ...others] = each;
  if (first === undefined) return [];
  return [
    {
      quote: first.text,
      line: first.line,
      actual: first.text,
      what: `表下留着模板的填写说明${others.length === 0 ? "" : `，第${listedLines(others.map(({ line }) => line))}行同样`}`,
      mend: "删去填写说明，只留对本表的说明",
    },
  ];
}

/** 增加（减少）0万元，增长（下降）0%: one sentence left as the template had it. */
function onePerSentence(faults: readonly TextFault[]): TextFault[] {
  const first: (TextFault & { readonly words: Set<string> })[] = [];
  /** The last sentence of those words. */
  const known = new Map<string, (typeof first)[number]>();
  for (const fault of faults) {
    const { quote, line, actual = "" } = fault;
    const other = known.get(quote);
    if (other !== undefined && Math.abs(other.line - line) < 8) {
      other.words.add(actual);
      continue;
    }
    const sentence = { ...fault, words: new Set([actual]) };
    first.push(sentence);
    known.set(quote, sentence);
  }
  return first.map(({ words, ...fault }) => ({
    ...fault,
    actual: [...words].join("、"),
    what: `${[...words].map((word) => `“${word}”`).join("")}是模板的备选词，没有选定`,
  }));
}

/** Blanks stand in rows; a sentence is told once. */
function onePerBlock(
  blocks: Blocks,
  pattern: RegExp,
  fault: (found: string) => Omit<TextFault, "quote" | "line">,
): TextFault[] {
  const seen = new Set<string>();
  return matches(blocks, pattern, fault).filter(({ quote, line }) => {
    const key = `${line}|${quote}`;
    return !seen.has(key) && seen.add(key);
  });
}

/** Words of two or more characters said twice; these are said so rightly. */
const rightlyTwice =
  /大学大学|一个一个|一步一步|一项一项|一件一件|逐[个项件条]逐|研究研究|常常|往往|人人|年年|天天|月月|层层/u;
const twice = /(\p{Script=Han}{2,5})\1/gu;
const twiceOne =
  /度度(?!假)|([，。；：、%])\1+|，[。；]|。，|万元(?:万元)+|(?<![的目])的的(?!确)|[^为]为为[^了]/gu;

/** Words of the statutory sentences; no name repeats them. */
const tradeTwice =
  /(决算数?|预算数?|主要原因是?|本年支出|本年收入|结转和结余|合同金额|支出合计|收入合计|万元)\1/u;

const doubled = ({ text }: TextContext): TextFault[] => [
  ...matches(text.blocks, twice, (found) =>
    rightlyTwice.test(found)
      ? undefined
      : {
          ...(tradeTwice.test(found) ? { severity: "warning" as const } : {}),
          actual: found,
          expected: found.slice(found.length / 2),
          what: `“${found}”疑为重复的字`,
          mend: "删去重复的部分",
        },
  ),
  ...matches(text.blocks, twiceOne, (found, { block, start }) =>
    /…|\.\.\./u.test(block.text.slice(start, start + 3))
      ? undefined
      : {
          actual: beginningOf(found),
          what: `“${beginningOf(found)}”疑为重复`,
          mend: "删去重复的部分",
        },
  ),
  ...text.flow.parts.flatMap((part): TextFault[] =>
    isBlock(part)
      ? []
      : part.rows.flatMap(({ text: row, line }): TextFault[] => {
          const found = /(\p{Script=Han}{2,5})\1|度度(?!假)/u.exec(row)?.[0];
          if (found === undefined || rightlyTwice.test(found)) return [];
          return [
            {
              quote: row,
              line,
              actual: found,
              what: `“${found}”疑为重复的字`,
              mend: "删去重复的部分",
            },
          ];
        }),
  ),
];

/** Of a run of signs without end. */
const beginningOf = (found: string): string =>
  found.length <= 20 ? found : `${found.slice(0, 20)}…`;

const unitless = ({ text }: TextContext): TextFault[] =>
  text.unitless.map(({ block, figure, wanted }) => ({
    ...quoteAt(block, figure.start),
    actual: figure.text,
    expected: `${figure.text}${wanted}`,
    what: `“${figure.text}”后面缺少“${wanted}”`,
    mend: `写作${figure.text}${wanted}`,
  }));

/** Chapters whose sentences must account for a change. */
const accountable = new Set<ChapterKind>([
  ...(["overall", "income", "expense", "fiscal", "fiscal_overall", "general", "basic"] as const),
  ...(["three_public", "operating_cost"] as const),
]);

/** A change of 10 % or more, or a completion outside 80–120 %, on an amount that matters. */
const leastChange = 10;
const leastAmount = 10_000_000;

const reasonCue = /(?:主要)?原因|主要是|主要系|主要因|由于/u;

/** A reason follows: its own, one of 其中, or one for several; not that of another change behind a ，. */
function isAccountedFor(
  { block }: Statement,
  from: number,
  ofBlock: readonly Statement[],
): boolean {
  const rest = block.text.slice(from);
  const cue = reasonCue.exec(rest)?.index;
  if (cue === undefined) return false;
  const between = rest.slice(0, cue);
  if (!/[。；]/u.test(between) || /[。；]$/u.test(between) || between.includes("其中")) return true;
  return !ofBlock.some((other) =>
    other.changes.some(
      ({ start, rate }) => rate !== undefined && start > from && start < from + cue,
    ),
  );
}

/** The reasons follow item by item, or, of “三公”经费, in the next paragraph. */
function isAccountedBelow(
  { block, chapter }: Statement,
  [next, second]: readonly (string | undefined)[],
): boolean {
  if (/情况如下[：。]$/u.test(block.text) && reasonCue.test(next ?? "")) return true;
  return (
    chapter === "three_public" &&
    [next, second].some((words) => /预算数?的?(?:主要)?原因/u.test(words ?? ""))
  );
}

function withoutReason({ text }: TextContext): TextFault[] {
  const places = new Map(text.blocks.map(({ block }, index) => [block, index]));
  const ofBlocks = new Map<Block, Statement[]>();
  for (const statement of text.statements) {
    const others = ofBlocks.get(statement.block);
    if (others) others.push(statement);
    else ofBlocks.set(statement.block, [statement]);
  }
  return text.statements.flatMap((statement): TextFault[] => {
    const { block, chapter, reasons, amount, changes, completions } = statement;
    if (!accountable.has(chapter) || reasons.length > 0 || (amount?.value ?? 0) < leastAmount)
      return [];
    const change = changes.find(
      ({ rate }) => rate !== undefined && rate.value >= leastChange,
    )?.rate;
    const done = completions.find(
      ({ percent }) => percent.value < 80 || percent.value > 120,
    )?.percent;
    const figure = change ?? done;
    if (figure === undefined || isAccountedFor(statement, figure.end, ofBlocks.get(block) ?? []))
      return [];
    const at = places.get(block) ?? 0;
    const below = [text.blocks[at + 1]?.block.text, text.blocks[at + 2]?.block.text];
    if (/^(?:主要)?原因|^增减|^变动/u.test(below[0] ?? "") || isAccountedBelow(statement, below))
      return [];
    return [
      {
        ...quoteAt(block, figure.start),
        actual: figure.text,
        expected: "主要原因",
        what: `${statement.subject}${change ? "增减" : "完成预算"}${figure.text}，没有说明主要原因`,
        mend: "补写主要原因",
      },
    ];
  });
}

function reusedReasons({ text }: TextContext): TextFault[] {
  const places = new Map<string, { block: Block; at: number }[]>();
  for (const { block, reasons } of text.statements) {
    for (const reason of reasons) {
      if (reason.length < 5 && !isStockPhrase(reason)) continue;
      // True of every figure of a unit that had none before.
      if (/(?:新)?(?:成立|组建|设立|合并|撤销)|机构改革/u.test(reason)) continue;
      const at = Math.max(0, block.text.indexOf(reason));
      const known = places.get(reason);
      if (known) known.push({ block, at });
      else places.set(reason, [{ block, at }]);
    }
  }
  return [...places].flatMap(([reason, found]): TextFault[] => {
    const [first] = found;
    const isStock = isStockPhrase(reason);
    if (first === undefined || (found.length < 3 && !isStock)) return [];
    const lines = found.map(({ block, at }) => block.lines[at] ?? 0);
    return [
      {
        ...quoteAt(first.block, first.at),
        severity: isStock ? "warning" : "hint",
        actual: reason,
        what:
          found.length > 1
            ? `同一原因“${reason}”用了${found.length}次（第${listedLines(lines)}行），不能说明各项的变动`
            : `“${reason}”放在哪里都适用，没有说明变动的原因`,
        mend: "分别写明各项增减的具体原因",
      },
    ];
  });
}

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
    const said =
      /^(?:（[一二三四五六七八九十]+）)?(?!.*(?:[较比与]|(?<!合)同))[^，。；：]*?(20\d\d)年度(?!.*[较比])/u.exec(
        own,
      )?.[1];
    if (said === undefined || Number(said) === year) return [];
    return [
      {
        ...quoteAt(block, start),
        actual: `${said}年度`,
        expected: `${year}年度`,
        what: `本报告是${year}年度决算，此处写${said}年度`,
        mend: `改为${year}年度`,
      },
    ];
  });
  const wrongTables = text.flow.parts.flatMap((part): TextFault[] => {
    if (isBlock(part)) return [];
    const head = part.rows
      .slice(0, 6)
      .find(({ text: row }) => /^（?\s*20\d\d\s*年度?\s*）?$|20\d\d\s*年度/u.test(row));
    const said = /(20\d\d)\s*年/u.exec(head?.text ?? "")?.[1];
    if (head === undefined || said === undefined || Number(said) === year) return [];
    return [
      {
        quote: `${part.title}${head.text}`,
        line: head.line,
        actual: `${said}年度`,
        expected: `${year}年度`,
        what: `${part.title}写的是${said}年度，本报告是${year}年度决算`,
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
    const said = reportHeading.exec(row.replace(/\s|(?<![.…·])[.…·]+\s*\d*$/gu, ""))?.[1];
    return said === undefined || Number(said) === year ? [] : [{ row, line, said }];
  });
  const [first, ...others] = stale;
  if (first === undefined) return [];
  return [
    {
      quote: first.row,
      line: first.line,
      actual: `${first.said}年度`,
      expected: `${year}年度`,
      what: `本报告是${year}年度决算，标题写${first.said}年度${others.length === 0 ? "" : `，第${listedLines(others.map(({ line }) => line))}行同样`}`,
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

/** 2021年度…较2021年: a year held against itself; and money of last year in a sentence of its own. */
function staleSentences({ blocks }: TextContext["text"], year: number): TextFault[] {
  const stale =
    /(?<=^|[。；])(?:[^，。；：\d]{0,20})(20\d\d)年度(?:(?=[^，。；：]{2,40}?(?:较|比)\1年)|(?=(?:本部门|本单位)[^，。；：较比与]{2,40}\d[\d.,]*万元))/gu;
  return blocks.flatMap(({ block, chapter }): TextFault[] =>
    accountable.has(chapter) || chapter === "procurement"
      ? [...block.text.matchAll(stale)].flatMap((match): TextFault[] => {
          const said = match[1] ?? "";
          if (Number(said) === year) return [];
          return [
            {
              ...quoteAt(block, match.index),
              actual: `${said}年度`,
              expected: `${year}年度`,
              what: `本报告是${year}年度决算，此处写${said}年度`,
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

/** A full name that stands in fewer places may be the longer one of two that are used. */
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

interface Term {
  readonly id: string;
  readonly statement: string;
  readonly severity: TextRule["severity"];
  readonly worded: RegExp;
  readonly what: string;
  readonly expected: string;
  readonly mend: string;
}

const terms: readonly Term[] = [
  {
    id: "W01",
    statement: "名词与现行报表一致，不用已取消的名词",
    severity: "warning",
    worded: /用事业基金弥补收支差额|事业基金弥补/gu,
    what: "“用事业基金弥补收支差额”是已取消的名词，现行报表为“使用非财政拨款结余”",
    expected: "使用非财政拨款结余",
    mend: "改用现行报表的名词和解释",
  },
  {
    id: "W02",
    statement: "不照抄中央部门的表述",
    severity: "warning",
    worded: /纳入中央财政预决算管理|中央部门用财政拨款安排/gu,
    what: "照抄了中央部门的表述，不适用于地方部门",
    expected: "本级财政拨款安排",
    mend: "改为本级财政的表述",
  },
];

const termRules = terms.map(
  ({ id, statement, severity, worded, what, expected, mend }): TextRule => ({
    id,
    statement,
    severity,
    check: ({ text }) =>
      onePerBlock(text.blocks, worded, (found) => ({ actual: found, expected, what, mend })).slice(
        0,
        1,
      ),
  }),
);

/** 目标1 … 目标2 … with the same words. */
function repeatedGoals({ text }: TextContext): TextFault[] {
  const seen = new Map<string, string>();
  return text.blocks.flatMap(({ block }) =>
    [...block.text.matchAll(/(目标\d{1,2})[：、]([^；。]{8,})/gu)].flatMap((match): TextFault[] => {
      const [, name = "", goal = ""] = match;
      const other = seen.get(goal);
      seen.set(goal, name);
      if (other === undefined || other === name) return [];
      return [
        {
          ...quoteAt(block, match.index),
          actual: goal,
          what: `${name}与${other}的文字完全相同`,
          mend: "删去重复的目标，或填写应有的内容",
        },
      ];
    }),
  );
}

/** Texts that broke off or were pasted from elsewhere. */
function brokenOff({ text }: TextContext): TextFault[] {
  const full = text.blocks.reduce(
    (count, { block }) => count + [...block.text.matchAll(/该指标得满分/gu)].length,
    0,
  );
  return [
    ...matches(text.blocks, /(?:率|数|度)。(?=依据评分标准)/gu, (_, { block, start }) =>
      /\d/u.test(/[^，。]*$/u.exec(block.text.slice(Math.max(0, start - 60), start))?.[0] ?? "")
        ? undefined
        : { what: "指标后面没有写完成值", expected: "完成值", mend: "补写实际完成值" },
    ),
    ...(full < 3
      ? []
      : matches(text.blocks, /该指标满分\d+(?:\.\d+)?分/gu, (found) => ({
          actual: found,
          expected: found.replace("满分", "得满分"),
          what: `“${found}”只说了满分，没有说得分（他处写“该指标得满分”）`,
          mend: "补写“得”字或实际得分",
        }))),
    ...matches(text.blocks, /支出收入(?=[\d,.]+万元)/gu, (found) => ({
      actual: found,
      expected: "支出",
      what: "“支出收入”多了“收入”两字",
      mend: "改为“支出”",
    })),
    ...matches(text.blocks, /[较比]上一度/gu, (found) => ({
      severity: "hint",
      actual: found,
      expected: `${found.slice(0, 1)}上一年度`,
      what: `“${found}”少了“年”字`,
      mend: "补写“年”字",
    })).slice(0, 1),
    ...matches(text.blocks, /→/gu, () => ({
      what: "正文里有流程图的箭头，疑为从别处粘贴的文字",
      mend: "改写成完整的句子",
    })).slice(0, 1),
  ];
}

/** 降低 beside 下降, 截止 for 截至. */
const style = ({ text }: TextContext): TextFault[] => [
  ...onePerBlock(text.blocks, /截止\d{4}年\d{1,2}月\d{1,2}日/gu, (found) => ({
    actual: found,
    expected: found.replace("截止", "截至"),
    what: "表示到某一时点用“截至”",
    mend: "将“截止”改为“截至”",
  })),
];

/** A sentence with a figure that stands twice in its paragraph. */
const repeated = ({ text }: TextContext): TextFault[] =>
  text.blocks.flatMap(({ block }) => {
    const seen: string[] = [];
    return [...block.text.matchAll(/(?<![^。])[^。]{8,}。/gu)].flatMap((match): TextFault[] => {
      const [sentence] = match;
      // The first may follow a number or 其中：.
      const isAgain = /\d/u.test(sentence) && seen.some((other) => other.endsWith(sentence));
      seen.push(sentence);
      if (!isAgain) return [];
      return [
        {
          ...quoteAt(block, match.index),
          actual: sentence,
          what: "同一段里同一句话写了两遍",
          mend: "删去重复的一句，或填写应有的内容",
        },
      ];
    });
  });

export const wordingRules: readonly TextRule[] = [
  { id: "R216", statement: "没有模板残留和备选词", severity: "error", check: residue },
  {
    id: "R217",
    statement: "增减或完成预算偏离较大的写明原因，各项原因各不相同",
    basis: "《地方预决算公开操作规程》（财预〔2016〕143号）",
    severity: "warning",
    check: (context) => [...withoutReason(context), ...reusedReasons(context)],
  },
  {
    id: "R218",
    statement: "年度和单位名称在标题、正文、附件各处一致",
    severity: "error",
    check: (context) => [
      ...strangeYears(context),
      ...strangeNames(context),
      ...slippedNames(context),
    ],
  },
  { id: "R220", statement: "正文的数字带有万元、%等单位", severity: "error", check: unitless },
  ...termRules,
  { id: "W03", statement: "没有重复的字词", severity: "hint", check: doubled },
  { id: "W04", statement: "绩效目标各不相同", severity: "warning", check: repeatedGoals },
  { id: "W08", statement: "同一段里没有重复的句子", severity: "warning", check: repeated },
  { id: "W05", statement: "文字完整，没有缺漏和误粘贴", severity: "warning", check: brokenOff },
  { id: "W06", statement: "用词规范", severity: "hint", check: style },
];
