import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { laterMethods } from "../../../web/staff/app/older-browsers.ts";

const numbers = fc.array(fc.integer({ min: -3, max: 3 }));

describe("methods that older browsers lack", () => {
  it("answer as those of newer ones", () => {
    fc.assert(
      fc.property(numbers, fc.integer({ min: -9, max: 9 }), (list, index) => {
        const isOdd = (value: number) => value % 2 !== 0;
        const descending = (a: number, b: number) => b - a;
        expect(laterMethods.at.call(list, index)).toBe(list.at(index));
        expect(laterMethods.findLast.call<number[], [typeof isOdd], unknown>(list, isOdd)).toBe(
          list.findLast(isOdd),
        );
        expect(laterMethods.toReversed.call(list)).toEqual(list.toReversed());
        expect(laterMethods.toSorted.call(list)).toEqual(list.toSorted());
        expect(
          laterMethods.toSorted.call<number[], [typeof descending], unknown>(list, descending),
        ).toEqual(list.toSorted(descending));
      }),
    );
  });

  it("change a copy as those of newer ones", () => {
    const place = fc.integer({ min: -3, max: 9 });
    fc.assert(
      fc.property(numbers, place, place, numbers, (list, start, count, items) => {
        expect(laterMethods.toSpliced.call(list, start, count, ...items)).toEqual(
          list.toSpliced(start, count, ...items),
        );
        const isIn = start < list.length && start >= -list.length;
        if (isIn) expect(laterMethods.with.call(list, start, 7)).toEqual(list.with(start, 7));
        else expect(() => laterMethods.with.call(list, start, 7)).toThrow(RangeError);
      }),
    );
  });

  it("leave the list they are called on as it was", () => {
    const list = [3, 1, 2];
    laterMethods.toSorted.call(list);
    laterMethods.toReversed.call(list);
    laterMethods.toSpliced.call(list, 0, 1);
    laterMethods.with.call(list, 0, 9);
    expect(list).toEqual([3, 1, 2]);
  });
});
