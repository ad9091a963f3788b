import checkFile from "eslint-plugin-check-file";
import reactHooks from "eslint-plugin-react-hooks";
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

/**
 * The rules of the house: its layers, its names, what no file may use. They need no types, and the strict rules that do
 * are in .oxlintrc.json (docs/adr/0036).
 */

const doors = ["api", "relay", "render", "publish", "dead-letters", "notify", "remind"];

/**
 * Functions of more than 120 lines that stay whole because each part of them is short. A function elsewhere
 * is cut along its steps.
 */
const longFunctions = [
  // One object of short methods over one connection, folder or set of routes.
  "functions/storage/{dynamo,sqlite}/{reports,registry,threads}.ts",
  "infra/local/queue/folder-queue.ts",
  "functions/api/routes/{registry,season}.ts",
  "web/staff/editing/{drafts,section-draft}.ts",
  // A switch that names every member of a union, or a page of style.
  "shared/workflow/{decide,evolve}.ts",
  "shared/forms/fault-text.ts",
  "functions/use-cases/audit/fault-words.ts",
  "functions/api/refusals.ts",
  "functions/notify/letters.ts",
  "shared/document/print-css.ts",
];

/** The arrows of the house: what a folder may not import. Everything points to `shared/`. */
const layers = [
  {
    files: ["shared/**/*.ts"],
    forbidden: [
      ["**/functions/**", "**/web/**", "**/infra/**", "**/tests/**"],
      "The heart is pure: shared/ imports zod, hono/html, d3-dsv and itself.",
    ],
    onlyPackages: "^(?!zod$|hono/html$|d3-dsv$)[^.]",
  },
  ...doors.map((door) => ({
    files: [`functions/${door}/**/*.ts`],
    forbidden: [
      [
        ...doors
          .filter((other) => other !== door)
          .flatMap((other) => [`../${other}/**`, `../../${other}/**`]),
        "**/infra/**",
        "**/tests/**",
        "**/web/staff/**",
        ...(door === "publish" ? [] : ["**/web/**"]),
      ],
      "A door imports shared/, use-cases, storage and platform, never another door.",
    ],
  })),
  {
    files: ["functions/{use-cases,storage,platform}/**/*.ts"],
    forbidden: [
      [`**/{${doors.join(",")}}/**`, "**/infra/**", "**/web/**", "**/tests/**"],
      "What doors share does not know the doors.",
    ],
  },
  {
    files: ["web/**/*.{ts,tsx}"],
    forbidden: [
      ["**/functions/**", "**/infra/**", "**/tests/**"],
      "web/ imports shared/ and its own files.",
    ],
  },
  {
    files: ["infra/aws/**/*.ts"],
    forbidden: [
      [
        "**/functions/**/*.ts",
        "!**/functions/*/env.ts",
        "!**/functions/storage/table.ts",
        "!**/functions/platform/alarm-lines.ts",
        "!**/functions/render/fonts.ts",
        "**/infra/local/**",
        "**/tests/**",
      ],
      "infra/aws names code by path; it reads settings, the table's definition, alarm lines and the shipped fonts.",
    ],
  },
];

const restrictedInSettings = [
  { selector: "TSEnumDeclaration", message: "Use a union of literals." },
  { selector: "ExportAllDeclaration", message: "No barrels: import from the file that owns it." },
];
const restrictedSyntax = [
  ...restrictedInSettings,
  { selector: "ExportDefaultDeclaration", message: "Name what you export." },
];
const noClock = "The heart has no clock: the time is handed in.";

export default defineConfig(
  { ignores: ["**/dist/**", "cdk.out/**", ".data/**", ".demo/**", "node_modules/**"] },
  {
    files: ["**/*.{ts,tsx}"],
    languageOptions: { parser: tseslint.parser },
    plugins: { "@typescript-eslint": tseslint.plugin, "check-file": checkFile },
    rules: {
      "check-file/filename-naming-convention": [
        "error",
        { "**/*.{ts,tsx}": "KEBAB_CASE" },
        { ignoreMiddleExtensions: true },
      ],
      "no-console": "error",
      "no-restricted-syntax": ["error", ...restrictedSyntax],
    },
  },
  {
    files: ["web/staff/**/*.{ts,tsx}"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          name: "antd",
          importNames: ["App", "message", "notification"],
          message: "Say and ask by app/feedback.tsx, which loads the windows when they are needed.",
        },
      ],
    },
  },
  ...layers.map(({ files, forbidden: [group, message], onlyPackages }) => ({
    files,
    rules: {
      "@typescript-eslint/no-restricted-imports": [
        "error",
        {
          patterns: [
            { group, message },
            ...(onlyPackages ? [{ regex: onlyPackages, message }] : []),
          ],
        },
      ],
    },
  })),
  {
    files: ["shared/**/*.ts"],
    rules: {
      "no-restricted-globals": ["error", "setTimeout", "fetch", "crypto", "performance"],
      "no-restricted-syntax": [
        "error",
        ...restrictedSyntax,
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: noClock },
        { selector: "CallExpression[callee.name='Date']", message: noClock },
        { selector: "MemberExpression[object.name='Date'][property.name='now']", message: noClock },
      ],
    },
  },
  {
    files: ["{functions,shared,web}/**/*.{ts,tsx}"],
    ignores: ["functions/*/{main,env}.ts", "functions/platform/**"],
    rules: {
      "no-restricted-properties": [
        "error",
        { object: "process", property: "env", message: "Settings enter through env.ts." },
        { object: "Math", property: "random", message: "Ids are handed in." },
      ],
    },
  },
  {
    // Markup is as long as its screen, and a suite as its guarantees: components and tests are apart.
    files: ["{shared,functions,infra,web}/**/*.ts"],
    ignores: longFunctions,
    rules: {
      "max-lines-per-function": ["error", { max: 120, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ["web/staff/**/*.{ts,tsx}"],
    ...reactHooks.configs.flat.recommended,
  },
  {
    files: ["**/*.config.{js,ts}"],
    rules: { "no-restricted-syntax": ["error", ...restrictedInSettings] },
  },
  {
    files: ["tests/**/*.ts", "infra/local/**/*.ts"],
    rules: { "no-console": "off" },
  },
);
