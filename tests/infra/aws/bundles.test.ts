import { App, Duration, Stack } from "aws-cdk-lib";
import { Topic } from "aws-cdk-lib/aws-sns";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { bundleFunction, type FunctionBundle } from "../../../infra/aws/function-bundle.ts";
import { ServiceFunction } from "../../../infra/aws/service-function.ts";
import { withSourcePlaces } from "../../../infra/aws/source-places.ts";
import { bundleLimits, sizeOf } from "./bundle-limits.ts";
import { deployed, functionFoldersOf } from "./doors.ts";
import { synthesise } from "./installation.ts";
import { writtenBundles } from "./written-bundles.ts";

const { service } = synthesise();
const doors = functionFoldersOf(service);

let folder: string;
let bundles: ReadonlyMap<string, FunctionBundle>;

beforeAll(async () => {
  ({ folder, bundles } = await writtenBundles(doors.map((door) => door.folder)));
});

function bundleOf(name: string): FunctionBundle {
  const bundle = bundles.get(name);
  if (bundle === undefined) throw new Error(`${name} is not deployed.`);
  return bundle;
}

/** Settings as the template gives them, in a process that has nothing else. */
function run(name: string, script: string): string {
  const door = doors.find((one) => one.folder === name);
  const settings = Object.entries(door?.settings.Environment.Variables ?? {}).map(
    ([variable, value]) => [variable, deployed(value, service)] as const,
  );
  return execFileSync(process.execPath, ["--input-type=module", "-e", script], {
    cwd: join(folder, name),
    env: { AWS_REGION: "ap-southeast-1", ...Object.fromEntries(settings) },
    encoding: "utf8",
  });
}

const importOf = (name: string) =>
  `await import(${JSON.stringify(pathToFileURL(join(folder, name, "index.mjs")).href)})`;

/** Names of the files that a start reads. */
function readAtStart({ metafile }: FunctionBundle): Set<string> {
  const found = new Set<string>();
  const follow = (path: string) => {
    if (found.has(path)) return;
    found.add(path);
    for (const { path: next, kind, external } of metafile.outputs[path]?.imports ?? []) {
      if (kind === "import-statement" && external !== true) follow(next);
    }
  };
  follow("bundle/index.mjs");
  return found;
}

const packagesIn = ({ metafile }: FunctionBundle, files: Iterable<string>): Set<string> =>
  new Set(
    [...files]
      .flatMap((file) => Object.keys(metafile.outputs[file]?.inputs ?? {}))
      .flatMap((input) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/u.exec(input)?.[1] ?? []),
  );

describe.each(Object.entries(bundleLimits))("the bundle of %s", (name, limits) => {
  it("is not heavier than its limits", () => {
    const { rawKb, gzipKb } = sizeOf(bundleOf(name));
    expect(rawKb).toBeLessThanOrEqual(limits.rawKb);
    expect(gzipKb).toBeLessThanOrEqual(limits.gzipKb);
  });

  it("starts without the project around it", () => {
    const script = `const { handler } = ${importOf(name)}; console.log(typeof handler); process.exit()`;
    expect(run(name, script)).toBe("function\n");
  });
});

it("every function has limits", () => {
  expect(Object.keys(bundleLimits).toSorted()).toEqual(doors.map((door) => door.folder).toSorted());
});

it("api reads the library of workbooks when the first workbook is asked for, not when it starts", () => {
  const api = bundleOf("api");
  expect(packagesIn(api, readAtStart(api))).not.toContain("hucre");
  expect(packagesIn(api, Object.keys(api.metafile.outputs))).toContain("hucre");
});

it("the same sources give the same bytes", async () => {
  const hashes = ({ files }: FunctionBundle) =>
    files
      .map(({ name, bytes }) => [name, createHash("sha256").update(bytes).digest("hex")].join(" "))
      .toSorted();
  expect(hashes(await bundleFunction("relay"))).toEqual(hashes(bundleOf("relay")));
});

describe("a stack trace of a bundle", () => {
  /** The bundle refuses to start without its settings. */
  const trace = (name: string): string => {
    const script = `await ${importOf(name)}.catch(({ stack }) => console.log(stack)); process.exit()`;
    return run(
      name,
      `for (const one of Object.keys(process.env)) delete process.env[one]; ${script}`,
    );
  };

  it("names the places in the sources once their maps are applied", () => {
    const places = withSourcePlaces(trace("relay"), bundleOf("relay"));
    const main = readFileSync(
      join(import.meta.dirname, "../../../functions/relay/main.ts"),
      "utf8",
    );
    const line = main.split("\n").findIndex((text) => text.startsWith("const env = ")) + 1;
    expect(places).toContain("functions/platform/read-env.ts:");
    expect(places).toContain(`functions/relay/main.ts:${String(line)}:`);
  });

  it("keeps the places of a bundle that is not the one", () => {
    const text = "at a (/var/task/OTHER123.mjs:2:14)";
    expect(withSourcePlaces(text, bundleOf("relay"))).toBe(text);
  });
});

it("each function is deployed with its own code", () => {
  const outdir = mkdtempSync(join(tmpdir(), "cdk-"));
  try {
    const app = new App({ outdir, builtinCloudFormationValidation: false });
    const stack = new Stack(app, "Two");
    const alarms = new Topic(stack, "Alarms");
    const names = ["remind", "dead-letters"] as const;
    for (const name of names) {
      new ServiceFunction(stack, name, {
        ...{ folder: name, environment: {}, errorImpact: "none", alarms },
        timeout: Duration.seconds(3),
      });
    }
    app.synth();
    const packed = readdirSync(outdir)
      .filter((name) => name.startsWith("asset."))
      .map((name) => readFileSync(join(outdir, name, "index.mjs")));
    const own = names.map((name) => readFileSync(join(folder, name, "index.mjs")));
    expect(packed.toSorted((a, b) => a.compare(b))).toEqual(own.toSorted((a, b) => a.compare(b)));
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
});
