/** Finds 个人信息 in running text; what it finds is named by its ends only. */

export interface FoundData {
  /** 360***********1234. */
  readonly masked: string;
  /** Where it begins in the text as typed. */
  readonly at: number;
  readonly end: number;
}

type Find = (text: string) => FoundData[];

/** Full-width digits and letters are read as plain ones; every character keeps its place. */
const plain = (text: string): string =>
  text.replace(/[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\uff20\uff0e\uff0d]/gu, (sign) =>
    sign.normalize("NFKC"),
  );

/**
 * Each match with the characters around it; of a pattern with a group the place is that of the group, which
 * ends the match.
 */
function matchesOf(text: string, pattern: RegExp, of: "whole" | "group" = "whole") {
  const source = plain(text);
  return [...source.matchAll(pattern)].map((match) => {
    const end = match.index + match[0].length;
    const at = of === "whole" ? match.index : end - (match[1] ?? "").length;
    const [before, after] = [source.slice(Math.max(0, at - 16), at), source.slice(end, end + 4)];
    return { match, at, end, before, after };
  });
}

/** 统一社会信用代码, numbers of projects, contracts and documents are no person's. */
const isCode = (before: string): boolean =>
  /(?:信用代码|机构代码|编号|编码|代码|文号|合同号|项目号|单号|序号|凭证号|发票号)[^，。；、]{0,4}$/u.test(
    before,
  );

const isAmount = (before: string, after: string): boolean =>
  /[\d,.]$/u.test(before) || /^(?:[.,]\d|\d|\s*[万亿]?元|%|[万亿])/u.test(after);

/** 2 digits of the province that a 身份证 begins with. */
const provinces = /^(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])/u;

function isBirth(year: number, month: number, day: number): boolean {
  if (year < 1900 || year > 2099 || month < 1 || month > 12) return false;
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
  return day >= 1 && day <= days;
}

/** GB 11643: weights of the first 17 digits, and the check character by remainder. */
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const checks = "10X98765432";

function hasIdChecksum(number: string): boolean {
  const sum = weights.reduce((all, weight, index) => all + weight * Number(number[index]), 0);
  return checks[sum % 11] === number[17]?.toUpperCase();
}

const isId = (number: string): boolean =>
  provinces.test(number) &&
  isBirth(Number(number.slice(6, 10)), Number(number.slice(10, 12)), Number(number.slice(12, 14)));

const saysId = /(?:身份证|证件号|公民身份)[^，。；]{0,10}$/u;

export const findIdNumbers: Find = (text) =>
  matchesOf(text, /(?<![0-9A-Za-z])\d{17}[\dXx](?![0-9A-Za-z])/gu)
    .filter(({ match: [number], before }) =>
      saysId.test(before) ? isId(number) : isId(number) && hasIdChecksum(number) && !isCode(before),
    )
    .map(({ match: [number], at, end }) => ({ masked: mask(number), at, end }));

/** Of those born from 1930 on: digits of other numbers beginning like a later year are dates of projects. */
export const findOldIdNumbers: Find = (text) =>
  matchesOf(text, /(?<![0-9A-Za-z])\d{15}(?![0-9A-Za-z])/gu)
    .filter(({ match: [number], before, after }) => {
      const year = Number(number.slice(6, 8));
      const isPerson =
        provinces.test(number) &&
        isBirth(1900 + year, Number(number.slice(8, 10)), Number(number.slice(10, 12)));
      if (!isPerson) return false;
      return saysId.test(before) || (year >= 30 && !isCode(before) && !isAmount(before, after));
    })
    .map(({ match: [number], at, end }) => ({ masked: mask(number), at, end }));

export const findMobiles: Find = (text) =>
  matchesOf(
    text,
    /(?<![\dA-Za-z])(?:\+?86[- ]?)?1[3-9]\d(?:\d{8}|[- ]\d{4}[- ]\d{4})(?![\dA-Za-z])/gu,
  )
    .filter(({ before, after }) => !isCode(before) && !isAmount(before, after))
    .map(({ match: [number], at, end }) => ({ masked: mask(number), at, end }));

const saysAccount = /(?:账号|帐号|卡号|账户|帐户|银行卡|开户行)[^，。；]{0,12}$/u;

function hasLuhn(number: string): boolean {
  const sum = Array.from(number)
    .reverse()
    .reduce((all, digit, index) => {
      const doubled = Number(digit) * (index % 2 === 0 ? 1 : 2);
      return all + (doubled > 9 ? doubled - 9 : doubled);
    }, 0);
  return sum % 10 === 0;
}

/** Beside 账号 or 卡号 any long number; elsewhere a 银联 card (62…) whose Luhn digit is right. */
export const findAccounts: Find = (text) =>
  matchesOf(text, /(?<![0-9A-Za-z.])\d{4}(?:[ -]?\d{4}){2,3}[ -]?\d{1,7}(?![0-9A-Za-z])/gu)
    .map((found) => ({ ...found, number: found.match[0].replace(/[ -]/gu, "") }))
    .filter(({ number, before, after }) => {
      if (number.length < 16 || number.length > 19 || isAmount(before, after)) return false;
      if (saysAccount.test(before)) return true;
      const isPersonId = number.length === 18 && isId(number);
      return number.startsWith("62") && hasLuhn(number) && !isPersonId && !isCode(before);
    })
    .map(({ number, at, end }) => ({ masked: mask(number), at, end }));

export const findEmails: Find = (text) =>
  matchesOf(
    text,
    // RFC 5321: no more than 64 characters before the sign, 63 in each name behind it.
    /[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,10}\.[A-Za-z]{2,}/gu,
  ).map(({ match: [address], at, end }) => ({
    masked: `${address.slice(0, 1)}***${address.slice(address.indexOf("@"))}`,
    at,
    end,
  }));

export const findHomes: Find = (text) =>
  matchesOf(
    text,
    /(?:家庭(?:住址|地址)|家住|现住址?|户籍地址?|居住地址?|住址)[为是于在：: ]{0,2}[^，。；：]{2,40}?(?:\d{1,6}(?:号|室|栋|幢|单元)|村|小区|[路街弄]\d{0,6})|\d{1,6}(?:[栋幢]|号楼)\d{0,6}单元?\d{2,4}室/gu,
  ).map(({ match: [address], at, end }) => ({
    masked: `${address.slice(0, 4)}***`,
    at,
    end,
  }));

export const findPermits: Find = (text) =>
  matchesOf(
    text,
    /(?:护照|通行证|台胞证|回乡证|居留证)(?:号码|证号|编号|号)?[为是：: ]{0,2}([A-Za-z]{1,2}\d{7,8}|\d{8,9})(?![0-9A-Za-z])/gu,
    "group",
  ).map(({ match: [, number = ""], at, end }) => ({ masked: mask(number), at, end }));

/** Family names of most people; a name is one of them and one or two characters more. */
const surnames =
  "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤";
const name = `[${surnames}](?:某某?|[\\p{Script=Han}]{1,2})`;
const illness =
  "(?:患有|患病|身患|罹患|确诊|因病|癌|肿瘤|白血病|尿毒症|精神病|抑郁|艾滋|残疾|重病|大病|病故)";

/** A named person with an illness, or a list of names under 困难补助 and the like. */
const unwell = new RegExp(`(${name})(?:同志|先生|女士)[^，。；]{0,12}?${illness}`, "gu");
const listedPeople = new RegExp(
  `(?:困难|慰问|救助|抚恤|遗属|低保|残疾|大病)[^。；]{0,24}(?:[：:]|分别为|包括|有)(${name}(?:、${name})+)(?![\\p{Script=Han}])`,
  "gu",
);

export const findHealth: Find = (text) => [
  ...matchesOf(text, unwell).map(({ match, at, end }) => ({
    masked: `${(match[1] ?? "").slice(0, 1)}某`,
    at,
    end,
  })),
  ...matchesOf(text, listedPeople).map(({ match, at, end }) => ({
    masked: (match[1] ?? "")
      .split("、")
      .map((one) => `${one.slice(0, 1)}某`)
      .join("、"),
    at,
    end,
  })),
];

/** The first three and the last four characters, or fewer of a short one. */
export function mask(number: string): string {
  const tail = Math.min(4, Math.floor(number.length / 3));
  const head = Math.min(3, number.length - tail);
  return `${number.slice(0, head)}${"*".repeat(number.length - head - tail)}${number.slice(-tail)}`;
}

const finders: readonly Find[] = [
  ...[findIdNumbers, findOldIdNumbers, findMobiles, findAccounts],
  ...[findEmails, findHomes, findPermits, findHealth],
];
const quoted = 24;

/** Words the words around a place of the text with everything personal masked; the text is searched once. */
export function masking(text: string): (at: number, end: number) => string {
  const hidden = finders
    .flatMap((find) => find(text))
    .toSorted((a, b) => a.at - b.at || b.end - a.end);
  return (at, end) => {
    const from = Math.max(0, at - quoted);
    const to = Math.min(text.length, end + quoted);
    let masked = "";
    let done = from;
    for (const one of hidden) {
      if (one.at >= to) break;
      if (one.end <= done) continue;
      masked += text.slice(done, Math.max(done, one.at)) + (one.at >= from ? one.masked : "***");
      done = one.end;
    }
    return masked + text.slice(done, Math.max(done, to));
  };
}
