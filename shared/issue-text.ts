import type { z } from "zod";
import { assertNever } from "./result.ts";

/** What is wrong with a value that a schema refused, in a Chinese sentence for people. */
export function issueText(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return isAbsent(issue.message)
        ? "缺少这一项，请填写。"
        : `内容的类型不对，应为${typeName[issue.expected] ?? "别的内容"}。`;
    case "too_small":
      return issue.origin === "string"
        ? `内容太短，至少 ${String(issue.minimum)} 个字。`
        : issue.origin === "array"
          ? `至少要有 ${String(issue.minimum)} 项。`
          : `数值太小，不能小于 ${String(issue.minimum)}。`;
    case "too_big":
      return issue.origin === "string"
        ? `内容太长，最多 ${String(issue.maximum)} 个字，请删减。`
        : issue.origin === "array"
          ? `项数太多，最多 ${String(issue.maximum)} 项，请删减。`
          : `数值太大，不能大于 ${String(issue.maximum)}。`;
    case "unrecognized_keys":
      return `含有不认识的内容“${issue.keys.join("”“")}”，请去掉。`;
    case "invalid_value":
      return "不在可选的范围内，请重新选择。";
    case "invalid_format":
      return wordsOf(issue) ?? "格式不对，请核对后重新填写。";
    case "not_multiple_of":
    case "invalid_union":
    case "invalid_key":
    case "invalid_element":
    case "custom":
      return wordsOf(issue) ?? "内容不符合要求，请核对后重新填写。";
    default:
      return assertNever(issue);
  }
}

/** The schema's own words, which are Chinese; the library's are not. */
const wordsOf = ({ message }: z.core.$ZodIssue): string | undefined =>
  /^\p{ASCII}*$/u.test(message) ? undefined : message;

/** Issues carry no values; only the library's own words tell an absent one. */
const isAbsent = (message: string) => message.endsWith("undefined");

const typeName: Readonly<Partial<Record<string, string>>> = {
  string: "文字",
  number: "数字",
  int: "整数",
  boolean: "是或否",
  array: "列表",
  object: "一组内容",
  record: "一组内容",
};
