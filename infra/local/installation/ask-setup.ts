import { createInterface } from "node:readline/promises";
import { plainContact, plainMobile } from "../../../shared/registry/contact.ts";
import { err, ok, type Result } from "../../../shared/result.ts";
import { issueText } from "../../../shared/issue-text.ts";
import { type Setup, setupSchema } from "./settings.ts";

type Ask = (question: string, usual?: string) => Promise<string>;

/** Asks for the settings one by one; what is wrong is named, and asked again, before the next question. */
export async function askSetup(): Promise<Result<Setup, { readonly message: string }>> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const lines = terminal[Symbol.asyncIterator]();
  const ask: Ask = async (question, usual) => {
    process.stdout.write(`${question}${usual === undefined ? "" : `［${usual || "不填"}］`}：`);
    const line = await lines.next();
    if (line.done === true) throw new InputEnded();
    const answer = line.value.trim();
    return answer === "" && usual !== undefined ? usual : answer;
  };
  try {
    return ok(await askAll(ask));
  } catch (error) {
    if (!(error instanceof InputEnded)) throw error;
    return err({
      message: "\n没有回答完就结束了，没有建立任何内容。请重新运行，或用 --settings 给出设置文件。",
    });
  } finally {
    terminal.close();
  }
}

class InputEnded extends Error {}

/** A question until its answer makes a valid part of the settings. */
async function part<Key extends keyof typeof setupSchema.shape>(
  key: Key,
  make: () => Promise<unknown>,
): Promise<Setup[Key]> {
  for (;;) {
    const parsed = setupSchema.shape[key].safeParse(await make());
    if (parsed.success) return parsed.data as Setup[Key];
    const [issue] = parsed.error.issues;
    if (issue !== undefined) process.stdout.write(`  ${issueText(issue)}\n`);
  }
}

/** An answer that is one. */
async function until(
  ask: () => Promise<string>,
  isFine: (text: string) => boolean,
  fault: string,
): Promise<string> {
  for (;;) {
    const text = await ask();
    if (isFine(text)) return text;
    process.stdout.write(`  ${fault}\n`);
  }
}

const given = (text: string): string | undefined => (text === "" ? undefined : text);

async function askAll(ask: Ask): Promise<Setup> {
  process.stdout.write("逐项回答，直接回车取方括号中的值。\n\n");
  let name = "";
  const code = await until(
    () => ask("行政区划代码（六位）"),
    (text) => /^\d{6}$/u.test(text),
    "须为六位数字，如 430100。",
  );
  const region = await part("region", async () => {
    name = await ask("地区名称，如 某某县");
    return { code, name, siteName: await ask("公开网站的名称", `${name}部门决算公开`) };
  });
  const bureau = await part("bureau", async () => ({
    name: await ask("财政部门的名称", `${name}财政局`),
    code: await ask("财政部门的机构代码", "000"),
  }));
  const staffUrl = await part("staffUrl", async () =>
    given(
      await ask("工作人员访问的网址，如 https://juesuan.example.gov.cn；只在本机试用则不填", ""),
    ),
  );
  const portalUrl = await part("portalUrl", async () =>
    given(await ask("公开网站的网址；只在本机试用则不填", "")),
  );
  const trustedProxies = await part("trustedProxies", async () =>
    (await ask("反向代理的 IP 地址，逗号分隔", staffUrl === undefined ? "" : "127.0.0.1"))
      .split(/[,，\s]+/u)
      .filter((one) => one !== ""),
  );
  const mail = await part("mail", async () => {
    const server = await ask("邮件服务器，如 smtps://user@mail.example.gov.cn:465；没有则不填", "");
    if (server === "") return undefined;
    return {
      server,
      from: await ask("发件邮箱"),
      password: given(await ask("邮件服务器的密码（会显示在屏幕上）", "")),
    };
  });
  const issuer = await part("issuer", async () => {
    const kind = await ask("登录方式：1 本系统的账号，2 政府统一登录平台（OpenID Connect）", "1");
    if (kind !== "2") return { kind: "embedded" };
    const clientId = await ask("客户端标识（client_id）");
    return {
      ...{ kind: "oidc", issuer: await ask("平台的 issuer 网址"), clientId },
      audience: await ask("访问令牌的 aud", clientId),
    };
  });
  const administrator = await part("administrator", async () => {
    const person = await ask("首名财政管理员的姓名");
    const contact = await until(
      () => ask("其手机号或邮箱"),
      (text) => plainContact(text) !== undefined,
      "须为 11 位手机号，或完整的邮箱地址。",
    );
    const mobile = plainMobile(contact);
    return { name: person, ...(mobile === undefined ? { email: contact } : { mobile }) };
  });
  return { region, bureau, staffUrl, portalUrl, trustedProxies, mail, issuer, administrator };
}
