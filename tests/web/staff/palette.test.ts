import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const staff = join(import.meta.dirname, "../../../web/staff");
const palette = readFileSync(join(staff, "app/palette.css"), "utf8");
const sheets = readdirSync(staff, { recursive: true, encoding: "utf8" }).filter(
  (path) => path.endsWith(".css") && !path.startsWith("dist") && !path.endsWith("palette.css"),
);

const namesIn = (css: string): readonly string[] =>
  [...css.matchAll(/^\s*(--[a-z-]+):/gmu)].map(([, name = ""]) => name);
const [light = "", dark = ""] = palette.split("@media screen");

/** Relative luminance of a colour `#rrggbb` (WCAG 2.1). */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}
const colour = (css: string, name: string): string =>
  new RegExp(`${name}: (#[0-9a-f]{6});`, "u").exec(css)?.[1] ??
  (css === light ? "" : colour(light, name));

describe("the palette of the staff app", () => {
  it("is the only place of colours", () => {
    expect(sheets.length).toBeGreaterThan(10);
    const found = sheets.flatMap((path) =>
      readFileSync(join(staff, path), "utf8")
        .split("\n")
        .filter((line) => /#[0-9a-f]{3,8}\b|rgba?\(|hsla?\(|[ :]white\b(?!-)/u.test(line))
        .map((line) => `${path}: ${line.trim()}`),
    );
    expect(found).toEqual([]);
  });

  it("names every colour that is used", () => {
    const used = new Set(
      sheets.flatMap((path) =>
        [...readFileSync(join(staff, path), "utf8").matchAll(/var\((--[a-z-]+)\)/gu)].map(
          ([, name = ""]) => name,
        ),
      ),
    );
    const known = new Set(
      sheets.flatMap((path) => namesIn(readFileSync(join(staff, path), "utf8"))),
    );
    expect([...used].filter((name) => !namesIn(light).includes(name) && !known.has(name))).toEqual(
      [],
    );
    expect(namesIn(dark).filter((name) => !namesIn(light).includes(name))).toEqual([]);
  });

  it.each([
    ["light", light],
    ["dark", dark],
  ])("can be read on every ground (WCAG AA, 4.5 to 1): %s", (_, css) => {
    const grounds = ["--paper", "--paper-soft", "--paper-shade", "--ground", "--head", "--tint"];
    const inks = ["--ink", "--ink-soft", "--muted", "--primary", "--link"];
    const pairs = [
      ...inks.flatMap((ink) => grounds.map((ground) => [ink, ground] as const)),
      ...["error", "warning", "success"].flatMap((kind) => [
        [`--${kind}`, "--paper"] as const,
        [`--${kind}-ink`, `--${kind}-ground`] as const,
      ]),
      ...["--primary-ground", "--header", "--error-badge", "--warning-badge"].map(
        (ground) => ["--on-color", ground] as const,
      ),
    ];
    const weak = pairs.filter(
      ([ink, ground]) => !(contrast(colour(css, ink), colour(css, ground)) >= 4.5),
    );
    expect(weak).toEqual([]);
  });
});
