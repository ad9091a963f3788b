import { describe, expect, it } from "vitest";
import { emptyBook, isRead, noticeId, withRead } from "../../../shared/workflow/notices.ts";

const now = "2023-08-10T02:00:00.000Z";
const at = (day: number, occasion = "a") => {
  const instant = `2023-08-${String(day).padStart(2, "0")}T02:00:00.000Z`;
  return { at: instant, id: noticeId(instant, occasion) };
};
/** Newest first, as lists are read. */
const latest = [at(10), at(9), at(4), at(3), at(2)];
const read = (...days: number[]) =>
  withRead(
    emptyBook,
    days.map((day) => at(day).id),
    { latest, now },
  );

describe("what a person has read of their notices", () => {
  it("is summed up where it is older than two days, and named one by one after that", () => {
    const book = read(2, 3, 4, 9, 10);
    expect(book).toMatchObject({ readTo: at(4).id, readIds: [at(9).id, at(10).id] });
    expect(latest.every(({ id }) => isRead(book, id))).toBe(true);
  });

  it("keeps one that was left out unread, whatever was read after it", () => {
    const book = read(2, 4, 10);
    expect(book).toMatchObject({ readTo: at(2).id, readIds: [at(4).id, at(10).id] });
    expect(isRead(book, at(3).id)).toBe(false);
    const after = withRead(book, [at(3).id], { latest, now });
    expect(after).toMatchObject({ readTo: at(4).id, readIds: [at(10).id] });
  });

  it("does not take in one that arrives late, of a moment before what was read", () => {
    const book = read(2, 3, 4, 9, 10);
    expect(isRead(book, at(9, "late").id)).toBe(false);
  });

  it("forgets what is not kept any more", () => {
    const book = { ...emptyBook, readIds: [at(1).id] };
    expect(withRead(book, [], { latest, now }).readIds).toEqual([]);
  });
});
