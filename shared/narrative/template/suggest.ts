import { charactersOf } from "./scan.ts";

/** The known name that a mistyped one most resembles, as a question after a fault; "" where none does. */
export function suggestion(typed: string, known: Iterable<string>): string {
  const farthest = Math.max(1, Math.floor(charactersOf(typed).length / 2));
  let nearest: { readonly name: string; readonly distance: number } | undefined;
  for (const name of known) {
    const distance = editDistance(typed, name);
    if (distance <= farthest && distance < (nearest?.distance ?? Infinity)) {
      nearest = { name, distance };
    }
  }
  return nearest === undefined ? "" : `是否要写“${nearest.name}”？`;
}

/** How many characters have to be put in, taken out or exchanged. */
function editDistance(from: string, to: string): number {
  const target = charactersOf(to);
  let row = [0, ...target.map((_, index) => index + 1)];
  charactersOf(from).forEach((character, index) => {
    const next = [index + 1];
    target.forEach((other, place) => {
      const exchanged = (row[place] ?? 0) + (character === other ? 0 : 1);
      next.push(Math.min(exchanged, (row[place + 1] ?? 0) + 1, (next[place] ?? 0) + 1));
    });
    row = next;
  });
  return row.at(-1) ?? 0;
}
