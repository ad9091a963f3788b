import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { folderIndex, singlePage } from "../../../infra/aws/site-paths.ts";

const answer = (code: string, uri: string): unknown =>
  JSON.parse(
    String(
      runInNewContext(
        `${code}; JSON.stringify(handler({ request: { uri: ${JSON.stringify(uri)} } }))`,
      ),
    ),
  );

describe("an address of the portal", () => {
  it.each([
    ["/", "/index.html"],
    ["/2022/137/", "/2022/137/index.html"],
    ["/2022/137/report.pdf", "/2022/137/report.pdf"],
    ["/feed.xml", "/feed.xml"],
  ])("%s is the file %s", (uri, file) => {
    expect(answer(folderIndex, uri)).toEqual({ uri: file });
  });

  it("without its slash leads to the folder, so that links in the page hold", () => {
    expect(answer(folderIndex, "/2022/137")).toMatchObject({
      statusCode: 301,
      headers: { location: { value: "/2022/137/" } },
    });
  });
});

describe("an address of the staff app", () => {
  it.each([
    ["/", "/index.html"],
    ["/callback", "/index.html"],
    ["/reports/360200-2022-137", "/index.html"],
    ["/assets/app-1a2b.js", "/assets/app-1a2b.js"],
    ["/config.json", "/config.json"],
  ])("%s is answered with %s", (uri, file) => {
    expect(answer(singlePage, uri)).toEqual({ uri: file });
  });
});
