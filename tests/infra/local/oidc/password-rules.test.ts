import { describe, expect, it } from "vitest";
import { passwordFault } from "../../../../infra/local/oidc/accounts/password-rules.ts";
import {
  matchingCounter,
  newSecret,
  passwordAt,
} from "../../../../infra/local/oidc/accounts/one-time-password.ts";

const owner = { name: "李娜", email: "lina.zhang@example.cn", mobile: "13812345678" };

describe("a new password", () => {
  it.each([
    ["short", "a1b2c3d4e", "至少 10 位"],
    ["of one kind while it is short", "nightingales", "字母和数字"],
    ["of digits alone", "9203847561029", "字母和数字"],
    ["with the owner's mobile number", "tel13812345678", "本人的"],
    ["with the owner's name", "李娜的密码是42号房间呀", "本人的"],
    ["with the owner's address", "Lina.Zhang@2024!", "本人的"],
    ["counted up", "abc1234567890", "容易被猜到"],
    ["repeated", "ab1ab1ab1ab1ab1", "容易被猜到"],
    ["from every list", "Password123456", "容易被猜到"],
    ["disguised", "P@ssw0rd2024", "容易被猜到"],
    ["of the keyboard's rows", "1qaz2wsx3edc1qaz", "容易被猜到"],
    ["of the trade", "caizheng2025!!", "容易被猜到"],
    ["endless", "a1".repeat(65), "最多 128 位"],
  ])("that is %s is refused, with the reason", (_what, password, words) => {
    expect(passwordFault(password, owner)).toContain(words);
  });

  it.each(["tr7mule-orbit", "correct horse battery", "七月的风吹过三号楼2栋", "Zx9!kdw2Lq"])(
    "such as “%s” will do",
    (password) => {
      expect(passwordFault(password, owner)).toBeUndefined();
    },
  );
});

describe("one-time passwords", () => {
  // RFC 6238 appendix B, SHA-1: the secret is the ASCII text 12345678901234567890.
  const secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
  it.each([
    ["1970-01-01T00:00:59.000Z", "287082"],
    ["2005-03-18T01:58:29.000Z", "081804"],
    ["2009-02-13T23:31:30.000Z", "005924"],
    ["2033-05-18T03:33:20.000Z", "279037"],
  ])("are those of RFC 6238 at %s", (now, password) => {
    expect(passwordAt(secret, Math.floor(Date.parse(now) / 30_000))).toBe(password);
    expect(matchingCounter(secret, password, { now })).toBe(Math.floor(Date.parse(now) / 30_000));
  });

  it("count once, half a minute early or late, and never again", () => {
    const now = "2033-05-18T03:33:20.000Z";
    const counter = Math.floor(Date.parse(now) / 30_000);
    for (const near of [counter - 1, counter, counter + 1]) {
      expect(matchingCounter(secret, passwordAt(secret, near), { now })).toBe(near);
    }
    expect(matchingCounter(secret, passwordAt(secret, counter - 2), { now })).toBeUndefined();
    expect(
      matchingCounter(secret, passwordAt(secret, counter), { now, after: counter }),
    ).toBeUndefined();
    expect(matchingCounter(secret, "12345", { now })).toBeUndefined();
    expect(newSecret()).toMatch(/^[A-Z2-7]{32}$/u);
  });
});
