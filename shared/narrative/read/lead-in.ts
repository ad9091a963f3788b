/** The words before a figure say what it is: the grammar of 较上年增加…, 占…的, 完成…预算的, 决算数为…. */

export type Direction = "up" | "down" | "unresolved";
/** What a figure is compared with: last year, or one of the budgets. */
export type Base = { readonly kind: "prior"; readonly year?: number } | { readonly kind: "budget" };
export type BudgetKind = "initial" | "full" | "adjusted" | "unnamed";

export type LeadIn = { readonly subject: string } & (
  | {
      readonly role: "change";
      readonly direction: Direction;
      readonly word: string;
      readonly base?: Base;
    }
  | { readonly role: "share"; readonly whole: string }
  | { readonly role: "completion"; readonly which: BudgetKind }
  | { readonly role: "budget"; readonly which: BudgetKind }
  | { readonly role: "final" }
  | { readonly role: "prior_value"; readonly base?: Base }
  | { readonly role: "plain" }
);

const up = "增加|增长|上升|提高|上涨|增多|增幅|增速|增长率";
const down = "减少|下降|降低|下滑|减低|压减|缩减|回落|降幅|减幅|下降率|降低率";
/** Both words of the template left standing, or torn halves of them. */
const unresolved =
  "(?:增加|增长|上升)（(?:减少|下降|降低)）|(?:减少|下降|降低)（(?:增加|增长|上升)）|(?:增加|增长|上升)[/／](?:减少|下降)|(?:减少|下降)[/／](?:增加|增长)|增下降|减增长|增减少|减增加";
const directionWords: readonly (readonly [RegExp, Direction])[] = [
  [new RegExp(`^(?:${unresolved})$`, "u"), "unresolved"],
  [new RegExp(`^(?:${up})$`, "u"), "up"],
  [new RegExp(`^(?:${down})$`, "u"), "down"],
];

/** 决算数大于预算数15万元. */
const verdictTail =
  /^(?<before>.*?)(?:决算|支出)数?(?:比|较)?(?<word>大于|高于|多于|超过|小于|低于|少于)(?:年初|全年|年度|调整)?预算(?:数)?(?:为|约)*$/u;
const near = "(?:了|额|数|幅度|比例|率|金额)*(?:为|达到|达|约|近|共|：)*";
const changeTail = new RegExp(`^(?<before>.*?)(?<word>${unresolved}|${up}|${down})${near}$`, "u");

const baseName =
  "(?<year>\\d{4})年(?:度|同期|末|底)?|上年(?:度|同期|末|底)?|上一年(?:度|末)?|去年(?:同期|末|底)?|(?<budget>(?:\\d{4}年)?(?:度)?(?:年初|全年|年度|调整后?的?|当年|本年)?(?:支出|收入)?预算(?:数|安排)?)";
const comparator = new RegExp(
  `(?:相较于|相较|相比|对比|较|比|与|同|和)(?:${baseName})(?:支出|收入)?(?:决算|实际|执行|完成|预算)?(?:数|支出|收入)?(?:相比|比较|对比)?`,
  "u",
);
const yearOnYear = /同比|环比/u;

/** 较2021年, 与上年相比, 同比, 比年初预算: what is compared with, and the words around it. */
export function comparatorIn(text: string): { base: Base; around: string } | undefined {
  const match = comparator.exec(text);
  if (match === null) {
    return yearOnYear.test(text)
      ? { base: { kind: "prior" }, around: text.replace(yearOnYear, "") }
      : undefined;
  }
  const { year, budget } = match.groups ?? {};
  const around = text.slice(0, match.index) + text.slice(match.index + match[0].length);
  if (budget !== undefined) return { base: { kind: "budget" }, around };
  return { base: { kind: "prior", ...(year === undefined ? {} : { year: Number(year) }) }, around };
}

const which = "(?:年初|全年|调整后?的?|年度|本年|当年|变动)?";
const yearMark = "(?:\\d{4}年(?:度)?)?";
const approx = "(?:均为|为|是|达到|达|约|共计|共|：)*";
const completionTails = [
  `(?:完成了?|占|达到?|为|是)${yearMark}${which}(?:财政拨款)?(?:支出|收入)?预算(?:数|安排|总额|收入|支出|指标)*的(?:比例|比重|百分比)?`,
  `完成${yearMark}${which}(?:支出|收入)?预算(?:数)?`,
  `(?:支出|年初|全年)?预算(?:完成|执行)(?:率|比例)`,
  `(?<=^|[支出费入])(?:完成|执行)率`,
].map((ending) => new RegExp(`^(?<subject>.*?)${ending}${approx}$`, "u"));
const shareTail =
  /^(?<subject>.*?)(?:约|大约|各)?(?:所占(?:比例|比重)|占比|占(?<whole>.*?)(?:的)?(?:比重|比例|百分比|份额)?)(?:为|是|达到|达|约|：)*$/u;
const budgetTails = [
  `(?:年初|全年|调整后?的?|年度|本年|当年)(?:财政拨款)?(?:支出|收入)?预算(?:数|安排|支出|收入|总额|金额|资金)*(?:调整)?`,
  `(?:支出|收入)?预算(?:数)?(?:安排)?`,
].map((ending) => new RegExp(`^(?<subject>.*?)(?:的)?${yearMark}${ending}${approx}$`, "u"));
const finalTail = new RegExp(
  `^(?<subject>.*?)(?:的)?${yearMark}(?:财政拨款)?(?:支出|收入|本年)*(?:决算|实际支出|实际完成|实际执行|执行(?=数))(?:数|支出|总额|金额)*${approx}$`,
  "u",
);
const priorTail =
  /^(?:（|而)?(?:\d{4}年(?:度)?|上年(?:度)?|去年)(?:决算|支出|收入|实际)*(?:数)?(?:为|是|：)?$/u;
/** 较2021年度收入总计, 比上年: last year's amount follows directly. */
const priorBeside = new RegExp(
  `^(?:（)?(?:相较于|相较|较|比|与|同)(?:(?<year>\\d{4})年(?:度)?|上年(?:度|同期)?|上一年(?:度)?|去年(?:同期)?)(?:决算|实际|执行)?(?:数)?(?<rest>[^，。；增减上下提降预]*?)(?:决算)?(?:数)?(?:的|为)?$`,
  "u",
);
/** 占10%，为100万元. */
const laterAmount = /^(?:为|计|共计|金额为?|决算为)$/u;
const plainTail = new RegExp(`^(?<subject>.*?)${approx}$`, "u");

/** Reads the clause right before a figure of that unit. */
export function readLeadIn(tail: string, isRatio: boolean): LeadIn | undefined {
  if (isRatio) {
    const done = firstGroups(completionTails, tail);
    if (done) return { role: "completion", subject: done.subject ?? "", which: budgetIn(tail) };
    const part = tail.includes("占") ? shareTail.exec(tail)?.groups : undefined;
    if (part) return { role: "share", subject: part.subject ?? "", whole: part.whole ?? "" };
  }
  const verdict = isRatio ? undefined : verdictTail.exec(tail)?.groups;
  if (verdict) {
    const { before: subject = "", word = "" } = verdict;
    const direction = /[大高多超]/u.test(word) ? "up" : "down";
    return { role: "change", direction, word, subject, base: { kind: "budget" } };
  }
  const change = changeTail.exec(tail)?.groups;
  if (change) {
    const { before = "", word = "" } = change;
    const direction = directionWords.find(([words]) => words.test(word))?.[1] ?? "unresolved";
    const compared = comparatorIn(before);
    return {
      role: "change",
      direction,
      word,
      subject: compared?.around ?? before,
      ...(compared === undefined ? {} : { base: compared.base }),
    };
  }
  if (priorTail.test(tail)) return { role: "prior_value", subject: "" };
  if (!isRatio && laterAmount.test(tail)) return { role: "final", subject: "" };
  const beside = isRatio ? undefined : priorBeside.exec(tail)?.groups;
  if (beside) {
    const { year } = beside;
    const base: Base = { kind: "prior", ...(year === undefined ? {} : { year: Number(year) }) };
    return { role: "prior_value", subject: "", base };
  }
  if (!isRatio) {
    const final = finalTail.exec(tail)?.groups;
    if (final) return { role: "final", subject: final.subject ?? "" };
    const budget = firstGroups(budgetTails, tail);
    if (budget) return { role: "budget", subject: budget.subject ?? "", which: budgetIn(tail) };
  }
  const plain = plainTail.exec(tail)?.groups;
  return plain?.subject ? { role: "plain", subject: plain.subject } : undefined;
}

function firstGroups(patterns: readonly RegExp[], text: string) {
  for (const pattern of patterns) {
    const groups = pattern.exec(text)?.groups;
    if (groups !== undefined) return groups;
  }
  return undefined;
}

/** Which budget a clause speaks of. */
function budgetIn(tail: string): BudgetKind {
  const word = /^.*(年初|全年|调整)[^，。]*预算/u.exec(tail)?.[1];
  if (word === "年初") return "initial";
  if (word === "全年") return "full";
  return word === undefined ? "unnamed" : "adjusted";
}
