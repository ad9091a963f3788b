/** What changed within a text, in pieces that people read: figures and words whole, Chinese character by character. */

export interface DiffPiece {
  readonly kind: "same" | "removed" | "added";
  readonly text: string;
}

/** A figure with its separators and unit sign, a Latin word, or any single character. */
const piece = /\d[\d,.，．]*\d%?|\d%?|[A-Za-z]+|./gsu;

/** Pieces of both sides multiplied: beyond it, two texts are shown one after the other. */
const mostCompared = 4_000_000;

/** From one text to another; what stays the same between two changes of a character is shown with them. */
export function wordDiff(older: string, newer: string): readonly DiffPiece[] {
  const [before, after] = [older.match(piece) ?? [], newer.match(piece) ?? []];
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) {
    start += 1;
  }
  let end = 0;
  while (
    end < Math.min(before.length, after.length) - start &&
    before[before.length - 1 - end] === after[after.length - 1 - end]
  ) {
    end += 1;
  }
  const middle = [
    before.slice(start, before.length - end),
    after.slice(start, after.length - end),
  ] as const;
  const pieces: DiffPiece[] = [
    { kind: "same", text: before.slice(0, start).join("") },
    ...compared(...middle),
    { kind: "same", text: before.slice(before.length - end).join("") },
  ];
  return joined(pieces);
}

/** By the longest common subsequence. */
function compared(before: readonly string[], after: readonly string[]): DiffPiece[] {
  if (before.length * after.length > mostCompared) {
    return [
      { kind: "removed", text: before.join("") },
      { kind: "added", text: after.join("") },
    ];
  }
  const width = after.length + 1;
  const lengths = new Uint16Array((before.length + 1) * width);
  const lengthAt = (row: number, column: number) => lengths[row * width + column] ?? 0;
  for (let row = before.length - 1; row >= 0; row -= 1) {
    for (let column = after.length - 1; column >= 0; column -= 1) {
      lengths[row * width + column] =
        before[row] === after[column]
          ? lengthAt(row + 1, column + 1) + 1
          : Math.max(lengthAt(row + 1, column), lengthAt(row, column + 1));
    }
  }
  const pieces: DiffPiece[] = [];
  let [row, column] = [0, 0];
  while (row < before.length || column < after.length) {
    const [was, is] = [before[row], after[column]];
    if (was !== undefined && was === is) {
      pieces.push({ kind: "same", text: was });
      row += 1;
      column += 1;
    } else if (
      is === undefined ||
      (was !== undefined && lengthAt(row + 1, column) >= lengthAt(row, column + 1))
    ) {
      pieces.push({ kind: "removed", text: was ?? "" });
      row += 1;
    } else {
      pieces.push({ kind: "added", text: is });
      column += 1;
    }
  }
  return pieces;
}

/** Neighbours of one kind are one piece; between two changes, what was removed comes before what was added. */
function joined(pieces: readonly DiffPiece[]): readonly DiffPiece[] {
  const result: DiffPiece[] = [];
  let [removed, added] = ["", ""];
  const flush = () => {
    if (removed !== "") result.push({ kind: "removed", text: removed });
    if (added !== "") result.push({ kind: "added", text: added });
    [removed, added] = ["", ""];
  };
  pieces.forEach(({ kind, text }, index) => {
    if (text === "") return;
    if (kind === "removed") removed += text;
    else if (kind === "added") added += text;
    else if (isStray(pieces, index)) {
      removed += text;
      added += text;
    } else {
      flush();
      const last = result.at(-1);
      if (last?.kind === "same") result[result.length - 1] = { kind, text: last.text + text };
      else result.push({ kind, text });
    }
  });
  flush();
  return result;
}

/** A single character that two changes have by chance in common tears a word apart. */
const isStray = (pieces: readonly DiffPiece[], index: number): boolean => {
  const [before, here, after] = [pieces[index - 1], pieces[index], pieces[index + 1]];
  return (
    here?.text.length === 1 &&
    before !== undefined &&
    after !== undefined &&
    before.kind !== "same" &&
    after.kind !== "same"
  );
};
