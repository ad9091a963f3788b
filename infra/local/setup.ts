import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { now } from "../../functions/platform/clock.ts";
import { errorMessage } from "../../functions/platform/errors.ts";
import { err, type Result } from "../../shared/result.ts";
import { shanghaiDay } from "../../shared/workflow/deadlines.ts";
import { askSetup } from "./installation/ask-setup.ts";
import { occupied, setUp } from "./installation/set-up.ts";
import { readSettings, type Setup, setupSchema } from "./installation/settings.ts";

/** `npm run setup -- --data DIR [--settings FILE]`: makes an empty installation. Exit 0 made, 1 refused. */

const usage = `用法：npm run setup -- --data 文件夹 [--settings 文件]
  --data 文件夹       数据文件夹，须是新的或空的
  --settings 文件     从 JSON 文件读取设置；不给则逐项询问`;

async function readSetup(file: string | undefined): Promise<Result<Setup, { message: string }>> {
  if (file === undefined) return askSetup();
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    return err({ message: `${file} 读不出来（${errorMessage(error)}），请核对文件名。` });
  }
  return readSettings(setupSchema, text, file);
}

async function main(): Promise<string | undefined> {
  let values: { readonly data?: string; readonly settings?: string };
  try {
    ({ values } = parseArgs({
      options: { data: { type: "string" }, settings: { type: "string" } },
    }));
  } catch {
    return usage;
  }
  if (values.data === undefined) return usage;
  const folder = resolve(values.data);
  // Before anybody answers fifteen questions for nothing.
  const fault = await occupied(folder);
  if (fault !== undefined) return fault;
  const setup = await readSetup(values.settings);
  if (!setup.ok) return setup.error.message;
  const made = await setUp(folder, setup.value, { now });
  if (!made.ok) return made.error.message;
  const { administrator, staffUrl, issuer } = setup.value;
  const how =
    issuer.kind === "embedded"
      ? "登录页选“首次登录”，输入手机号或邮箱、验证码，并设置口令"
      : "先在统一登录平台登录，再输入验证码";
  process.stdout.write(`
已建立：${folder}

财政管理员 ${administrator.name}（${[administrator.mobile, administrator.email].filter((one) => one !== undefined).join("，")}）的一次性验证码，只显示这一次：

    ${made.value.code}

有效期至 ${shanghaiDay(made.value.expiresAt)}。${how}。

启动：npm start -- --data ${folder} --installation
${staffUrl === undefined ? "" : `登录：${staffUrl}\n`}`);
  return undefined;
}

const refusal = await main();
if (refusal !== undefined) {
  process.stderr.write(`${refusal}\n`);
  process.exitCode = 1;
}
