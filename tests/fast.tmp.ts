// Usage: tsx rename.ts <list file>; list lines: "<file glob or *> <kind> <old> <new>" ; renames declarations named <old> (all, or those whose file matches) across the project.
import ts from "typescript";
import { readFileSync, writeFileSync, existsSync } from "node:fs";
import { relative, resolve } from "node:path";
const root = process.cwd();
const list = readFileSync(process.argv[2]!, "utf8").split("\n").map((l) => l.replace(/#.*/u, "").trim()).filter(Boolean).map((l) => l.split(/\s+/u) as [string, string, string]);
const configs = ["tsconfig.json", "web/staff/tsconfig.json", "infra/aws/tsconfig.json", "shared/tsconfig.json"].filter((c) => existsSync(c));
// One program over everything: options of the root with DOM and JSX.
const files = new Set<string>();
let options: ts.CompilerOptions = {};
for (const c of configs) {
  const parsed = ts.getParsedCommandLineOfConfigFile(resolve(c), {}, { ...ts.sys, onUnRecoverableConfigFileDiagnostic: (d) => { throw new Error(String(d.messageText)); } })!;
  parsed.fileNames.filter((f) => !/\/dist\/|node_modules/u.test(f)).forEach((f) => files.add(f));
  options = { ...parsed.options, ...options };
}
options = { ...options, lib: undefined as never, types: ["node"], jsx: ts.JsxEmit.ReactJSX };
delete (options as { lib?: unknown }).lib;
const versions = new Map<string, number>(); const texts = new Map<string, string>();
const host: ts.LanguageServiceHost = {
  getScriptFileNames: () => [...files], getScriptVersion: (f) => String(versions.get(f) ?? 0),
  getScriptSnapshot: (f) => { const t = texts.get(f) ?? (existsSync(f) ? readFileSync(f, "utf8") : undefined); return t === undefined ? undefined : ts.ScriptSnapshot.fromString(t); },
  getCurrentDirectory: () => root, getCompilationSettings: () => options, getDefaultLibFileName: (o) => ts.getDefaultLibFilePath(o),
  fileExists: ts.sys.fileExists, readFile: ts.sys.readFile, readDirectory: ts.sys.readDirectory, directoryExists: ts.sys.directoryExists, getDirectories: ts.sys.getDirectories,
};
const service = ts.createLanguageService(host, ts.createDocumentRegistry());
const isDeclarationName = (node: ts.Identifier): boolean => {
  const p = node.parent;
  return ((ts.isVariableDeclaration(p) || ts.isParameter(p) || ts.isFunctionDeclaration(p) || ts.isInterfaceDeclaration(p) || ts.isTypeAliasDeclaration(p) || ts.isClassDeclaration(p) || ts.isBindingElement(p) || ts.isPropertySignature(p) || ts.isPropertyAssignment(p) || ts.isMethodSignature(p) || ts.isMethodDeclaration(p) || ts.isPropertyDeclaration(p)) && (p as { name?: ts.Node }).name === node) ||
    (ts.isShorthandPropertyAssignment(p) && false);
};

type Edit = { start: number; length: number; pre: string; suf: string; name: string };
const edits = new Map<string, Map<number, Edit>>();
const program = service.getProgram()!;
for (const [where, old, name] of list) {
  const locals = !where.includes("!props"); const match = where.replace("!props", ""); let count = 0;
  for (const file of files) {
    const rel = relative(root, file);
    if (match !== "*" && !new RegExp(match, "u").test(rel)) continue;
    const source = program.getSourceFile(file); if (!source || !new RegExp(`\\b${old}\\b`, "u").test(source.text)) continue;
    const walk = (node: ts.Node): void => {
      if (ts.isIdentifier(node) && node.text === old && isDeclarationName(node)) {
        const p = node.parent;
        const isProperty = ts.isPropertySignature(p) || ts.isPropertyAssignment(p) || ts.isMethodSignature(p) || ts.isPropertyDeclaration(p) || ts.isMethodDeclaration(p);
        if (!(isProperty && locals) && edits.get(file)?.has(node.getStart(source)) !== true) {
          const found = service.findRenameLocations(file, node.getStart(source), false, false, { providePrefixAndSuffixTextForRename: true });
          if (!found) console.log(`cannot rename ${old} in ${rel}`);
          for (const l of found ?? []) {
            if (/node_modules/u.test(l.fileName)) { console.log(`outside ${old} ${l.fileName}`); continue; }
            const m = edits.get(l.fileName) ?? new Map<number, Edit>(); edits.set(l.fileName, m);
            const e = { start: l.textSpan.start, length: l.textSpan.length, pre: l.prefixText ?? "", suf: l.suffixText ?? "", name };
            const b = m.get(e.start);
            if (b) { // property and variable of one shorthand: join
              if (b.pre && e.suf) m.set(e.start, { ...e, pre: "", suf: "", name: e.name === b.name ? e.name : `${e.name}: ${b.name}` });
              else if (b.suf && e.pre) m.set(e.start, { ...e, pre: "", suf: "", name: e.name === b.name ? e.name : `${b.name}: ${e.name}` });
              else if (b.name !== e.name) console.log(`CLASH ${old} ${b.name} ${e.name} ${relative(root, l.fileName)}`);
            } else { m.set(e.start, e); count++; }
          }
        }
      }
      ts.forEachChild(node, walk);
    };
    walk(source);
  }
  console.log(`${old} → ${name}: ${count}`);
}
for (const [f, m] of edits) {
  let t = readFileSync(f, "utf8");
  for (const e of [...m.values()].sort((a, b) => b.start - a.start)) t = t.slice(0, e.start) + e.pre + e.name + e.suf + t.slice(e.start + e.length);
  writeFileSync(f, t);
}
