import { describe, expect, it } from "vitest";
import { contentDisposition } from "../../../functions/storage/content-disposition.ts";

describe("the name a download is saved under", () => {
  it("is given in full to browsers that read RFC 5987, and in ASCII to the others", () => {
    expect(contentDisposition("attachment", "决算 (终).pdf")).toBe(
      `attachment; filename="__ (_).pdf"; filename*=UTF-8''%E5%86%B3%E7%AE%97%20%28%E7%BB%88%29.pdf`,
    );
  });

  it("cannot end its header or its quotes", () => {
    const header = contentDisposition("attachment", 'a"\r\nSet-Cookie: x\\%41\ud800.pdf');
    expect(header).not.toMatch(/[\r\n]/);
    expect(header.match(/"/g)).toHaveLength(2);
    expect(new Headers({ "content-disposition": header }).get("content-disposition")).toBe(header);
  });
});
