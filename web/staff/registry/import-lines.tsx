import { Button } from "antd";
import type { InvitedView, PlannedImportView } from "../../../shared/contract/responses.ts";
import { DataTable } from "../app/data-table.tsx";
import { keepFile } from "../app/keep-file.ts";

/** Lines drawn at once; more are drawn when they are wanted. */
const linesAtOnce = 200;

/** What an import would change, counted by kind and then line by line. */
export function ImportLines({ lines }: { lines: PlannedImportView["lines"] }) {
  const counts = new Map<string, number>();
  for (const { what } of lines) counts.set(what, (counts.get(what) ?? 0) + 1);
  if (lines.length === 0) return null;
  return (
    <>
      <p>
        {[...counts].map(([what, count]) => `${what} ${String(count)}`).join("，")}
        。没有列出的机构和人员不变。
      </p>
      <div className="import-lines" tabIndex={0} role="region" aria-label="变更清单">
        <DataTable
          label="变更清单"
          rows={lines}
          rowsAtOnce={linesAtOnce}
          empty=""
          keyOf={(_, index) => String(index)}
          columns={[
            { title: "变更", width: 110, cell: ({ what }) => what },
            { title: "机构或人员", width: 260, cell: ({ name }) => name },
            { title: "内容", cell: ({ text }) => text },
          ]}
        />
      </div>
    </>
  );
}

/** One-time codes of those whom an import invited: on the screen and as a file, this once. */
export function InvitedCodes({ invited }: { invited: readonly InvitedView[] }) {
  const toHandOver = invited.filter(({ mailed }) => !mailed);
  const keep = () => {
    const rows = invited.map(({ name, contact, code, mailed }) =>
      [name, contact, code, mailed ? "已发邮件" : ""].map(quoted).join(","),
    );
    const text = `\ufeff${["姓名,手机或邮箱,验证码,备注", ...rows].join("\r\n")}\r\n`;
    keepFile(new Blob([text], { type: "text/csv" }), "邀请验证码.csv");
  };
  return (
    <section aria-label="邀请验证码">
      <p>
        已邀请 {invited.length} 人
        {invited.length > toHandOver.length &&
          `，其中 ${String(invited.length - toHandOver.length)} 人已发邮件`}
        。验证码只显示这一次，请保存后分别交给本人。
      </p>
      <Button onClick={keep}>保存验证码名单</Button>
    </section>
  );
}

/** A formula in a cell of a spreadsheet would be calculated; a quotation mark ends the cell. */
const quoted = (text: string): string =>
  `"${(/^[=+\-@\t]/u.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
