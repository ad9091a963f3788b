/**
 * Which characters no text of ours may hold, whoever sends it and wherever it goes: those that do something instead
 * of being read (control characters), that make text read otherwise than it is stored (directions, invisible
 * characters), or that no file format of ours can carry (lone surrogates, noncharacters). docs/adr/0018-one-door-for-text.md
 * gives the reason for each and for those left out.
 */

interface Range {
  readonly from: number;
  readonly to: number;
  readonly name: string;
}

const range = (from: number, to: number, name: string): Range => ({ from, to, name });
const one = (codePoint: number, name: string): Range => range(codePoint, codePoint, name);

/** The last two code points of each of the 17 planes (Unicode §23.7). */
const planeEnds = Array.from({ length: 17 }, (_, plane) =>
  range(plane * 0x1_0000 + 0xfffe, plane * 0x1_0000 + 0xffff, "非字符"),
);

/** A more exact name comes before the range it is part of. */
const refused: readonly Range[] = [
  one(0x00, "空字符"),
  one(0x07, "响铃控制符"),
  one(0x08, "退格控制符"),
  one(0x0b, "垂直制表符"),
  one(0x0c, "换页符"),
  one(0x1b, "转义控制符"),
  range(0x01, 0x08, "控制符"),
  range(0x0e, 0x1f, "控制符"),
  one(0x7f, "删除控制符"),
  one(0x85, "下一行控制符"),
  range(0x80, 0x9f, "控制符"),
  one(0xad, "软连字符（不可见）"),
  one(0x34f, "组合用连接符（不可见）"),
  one(0x61c, "阿拉伯文方向标记（不可见）"),
  range(0x115f, 0x1160, "谚文填充符（不可见）"),
  range(0x17b4, 0x17b5, "高棉文固有元音（不可见）"),
  one(0x200b, "零宽空格（不可见）"),
  one(0x200e, "从左至右标记（不可见）"),
  one(0x200f, "从右至左标记（不可见）"),
  one(0x2028, "行分隔符（不可见）"),
  one(0x2029, "段分隔符（不可见）"),
  one(0x202a, "从左至右嵌入符（不可见）"),
  one(0x202b, "从右至左嵌入符（不可见）"),
  one(0x202c, "方向结束符（不可见）"),
  one(0x202d, "从左至右强制符（不可见）"),
  one(0x202e, "从右至左强制符（不可见）"),
  one(0x2060, "单词连接符（不可见）"),
  range(0x2061, 0x2065, "不可见运算符"),
  one(0x2066, "从左至右隔离符（不可见）"),
  one(0x2067, "从右至左隔离符（不可见）"),
  one(0x2068, "首字方向隔离符（不可见）"),
  one(0x2069, "隔离结束符（不可见）"),
  range(0x206a, 0x206f, "已停用的格式符（不可见）"),
  one(0x3164, "谚文填充符（不可见）"),
  range(0xd800, 0xdfff, "不成对的代理码（残缺的字符）"),
  range(0xfdd0, 0xfdef, "非字符"),
  one(0xfeff, "零宽不换行空格（字节序标记，不可见）"),
  one(0xffa0, "半角谚文填充符（不可见）"),
  range(0xfff0, 0xfff8, "未定义的格式符（不可见）"),
  range(0xfff9, 0xfffb, "行间注释符（不可见）"),
  range(0x1_bca0, 0x1_bca3, "速记格式控制符（不可见）"),
  range(0x1_d173, 0x1_d17a, "乐谱格式控制符（不可见）"),
  range(0xe_0000, 0xe_00ff, "标签字符（不可见）"),
  range(0xe_01f0, 0xe_0fff, "未定义的格式符（不可见）"),
  ...planeEnds,
];

/** What a text of several lines may hold besides, and a text of one line may not. */
const lineBreaks: readonly Range[] = [
  one(0x09, "制表符"),
  one(0x0a, "换行符"),
  one(0x0d, "回车符"),
];

const classOf = (ranges: readonly Range[], flags: "u" | "gu" = "u"): RegExp => {
  const escaped = (codePoint: number) => `\\u{${codePoint.toString(16)}}`;
  const members = ranges.map(({ from, to }) => `${escaped(from)}-${escaped(to)}`);
  return new RegExp(`[${members.join("")}]`, flags);
};

const offends = {
  several: classOf(refused),
  one: classOf([...refused, ...lineBreaks]),
} as const;

/** Whether a text may be broken into lines. */
export type Lines = keyof typeof offends;

/** A character that is not taken, and where it is. */
export interface Offence {
  readonly codePoint: number;
  /** In UTF-16 units, as JavaScript counts. */
  readonly index: number;
}

/** The first character that the text may not hold; linear in its length. */
export function firstOffence(text: string, lines: Lines): Offence | undefined {
  const index = text.search(offends[lines]);
  return index === -1 ? undefined : { index, codePoint: text.codePointAt(index) ?? 0 };
}

/** U+202E, in four digits or as many as it needs. */
export const codeOf = (codePoint: number): string =>
  `U+${codePoint.toString(16).toUpperCase().padStart(4, "0")}`;

/** The character in words, never itself: U+202E 从右至左强制符（不可见）. */
export function offenceName({ codePoint }: Pick<Offence, "codePoint">): string {
  const known = [...refused, ...lineBreaks].find(
    ({ from, to }) => from <= codePoint && codePoint <= to,
  );
  return known === undefined ? codeOf(codePoint) : `${codeOf(codePoint)} ${known.name}`;
}

/** Where in a text: after the words before it, for a place that nobody can see. */
export function placeInText(text: string, index: number): string {
  const seen = Array.from(text.slice(Math.max(0, index - 64), index)).filter(
    (character) => firstOffence(character, "several") === undefined,
  );
  const before = seen.slice(-8).join("").replaceAll(/\s+/gu, " ").trim();
  return before === "" ? "开头" : `“${before}”之后`;
}

/** Line ends as we store them: CR LF and a CR alone become LF. */
export const unixLines = (text: string): string => text.replaceAll(/\r\n?/gu, "\n");

/** Controls, half characters and noncharacters: most of them XML 1.0 (§2.2) cannot hold, none can be read. */
const unwritable = classOf(
  [
    ...[range(0x00, 0x08, ""), range(0x0b, 0x0c, ""), range(0x0e, 0x1f, ""), range(0x7f, 0x9f, "")],
    ...[range(0xd800, 0xdfff, ""), range(0xfdd0, 0xfdef, ""), ...planeEnds],
  ],
  "gu",
);

/**
 * What an export writes of a text, whatever is stored: U+FFFD in place of each character that the file could not
 * carry. Data stored before such characters were refused may hold them.
 */
export const writableText = (text: string): string =>
  mayBeUnwritable.test(text) ? text.replaceAll(unwritable, "\u{fffd}") : text;

/** By UTF-16 units, ten times as fast: a page has thousands of texts, hardly one of them with such a unit. */
const mayBeUnwritable = /[^\t\n\r\u0020-\u007e\u00a0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd]/;

/** Why a name cannot be a file's: it is kept, offered for download and published as it is. */
export function fileNameFault(name: string): string | undefined {
  if (/[/\\]/u.test(name)) return "文件名不能含有“/”或“\\”，请改名后重新上传。";
  return /^\.+$/u.test(name.trim()) ? "文件名不能只有句点，请改名后重新上传。" : undefined;
}
