import { SourceMap, type SourceMapPayload } from "node:module";
import type { FunctionBundle } from "./function-bundle.ts";

/** A text in which places of a bundle (`/var/task/index.mjs:12:3456`) are replaced by those of the sources. */
export function withSourcePlaces(text: string, { files }: FunctionBundle): string {
  const maps = new Map(
    files.map(({ name, map }) => [name, new SourceMap(JSON.parse(map) as SourceMapPayload)]),
  );
  return text.replaceAll(
    /[^\s()"]*?([\w-]+\.mjs):(\d+):(\d+)/gu,
    (place, name: string, line: string, column: string) => {
      const origin = maps.get(name)?.findOrigin(Number(line), Number(column));
      if (origin === undefined || !("fileName" in origin)) return place;
      const { fileName, lineNumber, columnNumber } = origin;
      return `${fileName.replace(/^(\.\.\/)+/u, "")}:${String(lineNumber)}:${String(columnNumber)}`;
    },
  );
}
