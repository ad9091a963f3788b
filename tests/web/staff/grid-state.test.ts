import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CellAddress } from "../../../shared/forms/cell.ts";
import {
  idle,
  rangeIn,
  selecting,
  step,
  type Grid,
  type GridEvent,
  type GridState,
} from "../../../web/staff/grid/grid-state.ts";
import type { Position } from "../../../web/staff/grid/positions.ts";
import { entryGrids } from "./entry-grids.ts";

/** A grid with what is typed in it, and what the page was asked to do besides. */
function sheet(
  rows: readonly (readonly Position[])[],
  {
    editable = true,
    locked = new Set(),
  }: { editable?: boolean; locked?: ReadonlySet<CellAddress> } = {},
) {
  const texts = new Map<CellAddress, string>();
  const acts: string[] = [];
  const grid: Grid = {
    rows,
    byAddress: new Map(rows.flat().map((position) => [position.address, position])),
    editable,
    locked,
    textOf: (address) => texts.get(address) ?? "",
  };
  let state: GridState = idle;
  const send = (event: GridEvent) => {
    const next = step(grid, state, event);
    state = next.state;
    for (const act of next.acts) {
      acts.push(act.kind);
      if (act.kind === "type") {
        for (const { position, text } of act.cells) texts.set(position.address, text);
      }
    }
    return next;
  };
  /** `Ctrl+Shift+ArrowDown`; several letters are typed one after the other. */
  const press = (...keys: readonly string[]) => {
    for (const name of keys) {
      const parts = name.split("+");
      const key = parts.at(-1) ?? "";
      const [isCommand, isShift] = [parts.includes("Ctrl"), parts.includes("Shift")];
      send({ type: "key", key, isCommand, isShift, isAlt: false });
    }
  };
  return {
    grid,
    send,
    press,
    /** Types as a browser does: the first letter is a key, the editor writes the rest. */
    type: (text: string) => {
      press(text.charAt(0));
      send({ type: "write", text });
    },
    click: (address: CellAddress, isShift = false) => send({ type: "press", address, isShift }),
    state: () => state,
    active: () => (state.mode === "idle" ? undefined : state.active),
    text: (address: CellAddress) => texts.get(address),
    texts,
    acts,
  };
}

/** Of 公开09表 or its like: three rows and three columns at least. */
const wide = entryGrids.find(({ rows }) => rows.every((row) => row.length >= 3)) ?? entryGrids[0];
const rows = wide?.rows ?? [];
const at = (row: number, column: number): CellAddress => {
  const position = rows[row]?.[column];
  if (position === undefined) throw new Error("No such cell.");
  return position.address;
};

describe("typing in the grid", () => {
  it("replaces a figure by what is typed, and an arrow takes it and goes on", () => {
    const { click, type, press, text, active } = sheet(rows);
    click(at(0, 0));
    type("12.5");
    press("ArrowRight");
    expect(text(at(0, 0))).toBe("12.5");
    expect(active()).toBe(at(0, 1));
  });

  it("opens a figure by F2, and then arrows are the text's own", () => {
    const { click, type, press, state } = sheet(rows);
    click(at(0, 0));
    type("7");
    press("Enter", "ArrowUp", "F2");
    expect(state()).toMatchObject({ mode: "editing", text: "7", isOver: false });
    press("ArrowRight");
    expect(state()).toMatchObject({ mode: "editing", active: at(0, 0) });
  });

  it("leaves a figure as it was after Escape", () => {
    const { click, type, press, text, state } = sheet(rows);
    click(at(0, 0));
    type("9");
    press("Escape");
    expect(text(at(0, 0))).toBeUndefined();
    expect(state()).toMatchObject({ mode: "range", active: at(0, 0) });
  });

  it("returns by Enter to below the cell where the Tabs began", () => {
    const { click, type, press, active } = sheet(rows);
    click(at(0, 0));
    for (const figure of ["1", "2", "3"]) {
      type(figure);
      press(figure === "3" ? "Enter" : "Tab");
    }
    expect(active()).toBe(at(1, 0));
  });

  it("takes nothing over where only people may look", () => {
    const { click, press, acts, state } = sheet(rows, { editable: false });
    click(at(0, 0));
    press("5", "F2", "Delete", "Ctrl+d", "Ctrl+z");
    expect(acts.filter((act) => act !== "focus")).toEqual([]);
    expect(state().mode).toBe("range");
  });

  it("explains a computed cell instead of opening it", () => {
    const { click, press, acts, state } = sheet(rows, { locked: new Set([at(0, 0)]) });
    click(at(0, 0));
    press("5");
    expect(acts).toContain("locked");
    expect(state()).toMatchObject({ mode: "range", active: at(0, 0) });
  });
});

describe("filling a selection", () => {
  it("goes down by Ctrl+D and right by Ctrl+R from the first of each", () => {
    const { click, type, press, text } = sheet(rows);
    click(at(0, 0));
    type("1");
    press("Tab");
    type("2");
    press("Enter");
    click(at(0, 0));
    press("Shift+ArrowRight", "Shift+ArrowDown", "Ctrl+d");
    expect([text(at(1, 0)), text(at(1, 1))]).toEqual(["1", "2"]);
    click(at(0, 0));
    press("Shift+ArrowRight", "Shift+ArrowRight", "Ctrl+r");
    expect([text(at(0, 1)), text(at(0, 2))]).toEqual(["1", "1"]);
  });

  it("takes a single cell from its neighbour", () => {
    const { click, type, press, text } = sheet(rows);
    click(at(0, 0));
    type("4");
    press("Tab", "Ctrl+r");
    expect(text(at(0, 1))).toBe("4");
    click(at(1, 1));
    press("Ctrl+d");
    expect(text(at(1, 1))).toBe("4");
  });

  it("leaves computed cells out", () => {
    const { click, type, press, text } = sheet(rows, { locked: new Set([at(1, 0)]) });
    click(at(0, 0));
    type("1");
    press("Enter");
    click(at(0, 0));
    press("Shift+ArrowDown", "Shift+ArrowRight", "Ctrl+d");
    expect(text(at(1, 0))).toBeUndefined();
    expect(text(at(1, 1))).toBe("");
  });
});

const keyNames = [
  ...["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End", "PageUp", "PageDown"],
  ...["Tab", "Enter", "Escape", "Delete", "F2", "Process", "5", "-", "a", "z", "d", "r", " "],
];
const anyEvent: fc.Arbitrary<{ readonly event: number; readonly data: GridEvent }> = fc.record({
  event: fc.nat(),
  data: fc.oneof(
    fc.record({
      type: fc.constant("key" as const),
      key: fc.constantFrom(...keyNames),
      isCommand: fc.boolean(),
      isShift: fc.boolean(),
      isAlt: fc.constant(false),
    }),
    fc.record({ type: fc.constant("write" as const), text: fc.constantFrom("1", "一千", "") }),
    fc.constant({ type: "leave" } as const),
    fc.record({
      type: fc.constantFrom("press" as const, "drag" as const, "open" as const),
      address: fc.constant<CellAddress>("t99/none/none"),
      isShift: fc.boolean(),
    }),
  ),
});

describe("whatever is pressed", () => {
  it("leaves a cell of the grid at hand, and types in no other than a free one", () => {
    const anySheet = fc.record({
      rows: fc.constantFrom(...entryGrids.map((grid) => grid.rows)),
      editable: fc.boolean(),
      lockedEvery: fc.integer({ min: 2, max: 5 }),
      events: fc.array(anyEvent, { maxLength: 40 }),
    });
    fc.assert(
      fc.property(anySheet, ({ rows: any, editable, lockedEvery, events }) => {
        const all = any.flat();
        const locked = new Set(
          all.filter((_, index) => index % lockedEvery === 0).map(({ address }) => address),
        );
        const { grid, send, state, texts, acts } = sheet(any, { editable, locked });
        for (const { event, data } of events) {
          const cell = all[event % all.length];
          const before = state();
          send("address" in data && cell !== undefined ? { ...data, address: cell.address } : data);
          const now = state();
          if (now.mode === "idle") {
            const isEscape = data.type === "key" && data.key === "Escape";
            expect(before.mode === "idle" || isEscape).toBe(true);
            continue;
          }
          expect(grid.byAddress.has(now.active)).toBe(true);
          expect(rangeIn(grid, now)).toBeDefined();
          if (now.mode === "editing") {
            expect(editable && !locked.has(now.active)).toBe(true);
          }
        }
        expect([...texts.keys()].filter((address) => locked.has(address))).toEqual([]);
        if (!editable)
          expect(acts.filter((act) => act !== "focus" && act !== "locked")).toEqual([]);
      }),
    );
  });

  it("loses nothing of what is typed but by Escape", () => {
    const leaving: readonly GridEvent[] = [
      { type: "leave" },
      { type: "press", address: at(1, 1), isShift: false },
      ...["Enter", "Tab", "ArrowDown"].map((key) => ({
        ...{ type: "key" as const, key, isCommand: false, isShift: false, isAlt: false },
      })),
    ];
    for (const event of leaving) {
      const { click, type, send, text, state } = sheet(rows);
      click(at(0, 0));
      type("3.25");
      send(event);
      expect(text(at(0, 0))).toBe("3.25");
      expect(state().mode).toBe("range");
    }
  });

  it("forgets a cell that the table has no more", () => {
    const { grid } = sheet(rows);
    const gone = selecting("t99/none/none");
    expect(rangeIn(grid, gone)).toBeUndefined();
    const key = { type: "key", isCommand: false, isShift: false, isAlt: false } as const;
    expect(step(grid, gone, { ...key, key: "5" }).state).toBe(gone);
    expect(step(grid, gone, { ...key, key: "ArrowDown" }).state).toEqual(selecting(at(0, 0)));
  });
});
