/**
 * What a password must be: long rather than odd (NIST SP 800-63B §5.1.1.2), and of two kinds of characters
 * while it is short (GB/T 22239-2019 8.1.4.1 asks for 复杂度). What everybody tries first is refused.
 */
export const minLength = 10;
const longEnough = 16;
export const maxLength = 128;

export interface PasswordOwner {
  readonly name: string;
  readonly email?: string | undefined;
  readonly mobile?: string | undefined;
}

/** One sentence on what is wrong with a new password; undefined where it will do. */
export function passwordFault(password: string, owner: PasswordOwner): string | undefined {
  const text = password.normalize("NFKC");
  const size = Array.from(text).length;
  if (size < minLength) return `新口令太短：至少 ${String(minLength)} 位，请加长。`;
  if (size > maxLength) return `新口令太长：最多 ${String(maxLength)} 位，请缩短。`;
  if (size < longEnough && !(/\p{L}/u.test(text) && /[^\p{L}]/u.test(text))) {
    return `不足 ${String(longEnough)} 位的口令须同时有字母和数字（或符号），请修改，或用更长的一句话作口令。`;
  }
  const own = ownWords(owner).find((word) => text.toLowerCase().includes(word));
  if (own !== undefined) return "新口令含有本人的姓名、手机号或邮箱，容易被猜到，请换一个。";
  if (unguessed(text) < mustRemain) {
    return "新口令是常用的口令或有规律的字符，容易被猜到，请换一个。";
  }
  return undefined;
}

const ownWords = ({ name, email, mobile }: PasswordOwner): string[] =>
  [name, email?.split("@")[0], mobile, mobile?.slice(-8)]
    .filter((word) => word !== undefined)
    .map((word) => word.normalize("NFKC").toLowerCase())
    .filter((word) => Array.from(word).length >= 2);

/** Characters that must be left once everything is taken out that lists of common passwords consist of. */
const mustRemain = 5;

/** What such lists are made of, the trade's own words among them; longer ones first. */
const common = [
  "woaizhongguo",
  "woaini",
  "iloveyou",
  "password",
  "passw0rd",
  "passwd",
  "welcome",
  "letmein",
  "administrator",
  "admin",
  "juesuan",
  "caizheng",
  "yusuan",
  "bumen",
  "danwei",
  "nihao",
  "mima",
  "login",
  "qwertyuiop",
  "asdfghjkl",
  "zxcvbnm",
  "qwerty",
  "qwer",
  "asdf",
  "zxcv",
  "1qaz",
  "2wsx",
  "3edc",
  "4rfv",
  "1q2w3e4r",
  "1q2w3e",
  "qazwsx",
  "abc",
  "5201314",
  "1314",
  "520",
  "666",
  "888",
] as const;

function unguessed(text: string): number {
  let left = text
    .toLowerCase()
    .replaceAll("@", "a")
    .replaceAll("$", "s")
    .replaceAll(/[^\p{L}\d]/gu, "");
  left = left.replace(/^(.{1,6}?)\1+/u, "$1");
  for (const word of common) left = left.replaceAll(word, "");
  left = left.replaceAll(/(?:19|20)\d\d(?:[01]\d(?:[0-3]\d)?)?/gu, "");
  return Array.from(withoutRuns(left)).length;
}

/** Without three or more characters that repeat, count up or count down: `aaaa`, `1234`, `dcba`. */
function withoutRuns(text: string): string {
  const points = Array.from(text).map((one) => one.codePointAt(0) ?? 0);
  const steps = points.map((point, index) => point - (points[index - 1] ?? Number.NaN));
  const isInRun = points.map((_, index) =>
    [0, 1, 2].some((offset) => {
      const last = index + offset;
      const step = steps[last];
      return last >= 2 && step !== undefined && Math.abs(step) <= 1 && steps[last - 1] === step;
    }),
  );
  return points
    .filter((_, index) => isInRun[index] !== true)
    .map((point) => String.fromCodePoint(point))
    .join("");
}
