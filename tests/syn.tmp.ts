import ts from "typescript"; import { execSync } from "node:child_process"; import { readFileSync, writeFileSync } from "node:fs";
// Lines: <file regex>[!props] old new : renames identifier tokens in the matching files, by syntax alone.
const all = execSync("git ls-files '*.ts' '*.tsx'").toString().trim().split("\n");
for (const line of readFileSync(process.argv[2]!, "utf8").split("\n").filter((l) => l.trim() && !l.startsWith("#"))) {
  const [where, old, name] = line.trim().split(/\s+/u) as [string, string, string];
  const props = where.includes("!props"); const re = new RegExp(where.replace("!props", ""), "u"); let count = 0;
  for (const f of all.filter((x) => re.test(x))) {
    let text: string; try { text = readFileSync(f, "utf8"); } catch { continue; }
    if (!new RegExp(`\\b${old}\\b`, "u").test(text)) continue;
    const s = ts.createSourceFile(f, text, 99, true, f.endsWith("x") ? 4 : 3);
    const edits: [number, string][] = [];
    const walk = (n: ts.Node): void => {
      if (ts.isIdentifier(n) && n.text === old) {
        const p = n.parent; let to: string | undefined = name;
        if (ts.isShorthandPropertyAssignment(p)) to = props ? name : `${old}: ${name}`;
        else if (ts.isBindingElement(p) && !p.propertyName && p.name === n && ts.isObjectBindingPattern(p.parent)) to = props ? name : `${old}: ${name}`;
        else if ((ts.isBindingElement(p) && p.propertyName === n) || (ts.isPropertyAccessExpression(p) && p.name === n) || ((ts.isPropertyAssignment(p) || ts.isPropertySignature(p) || ts.isMethodSignature(p) || ts.isMethodDeclaration(p) || ts.isPropertyDeclaration(p) || ts.isJsxAttribute(p)) && p.name === n)) to = props ? name : undefined;
        if (to !== undefined) edits.push([n.getStart(s), to]);
      }
      ts.forEachChild(n, walk);
    };
    walk(s);
    for (const [at, to] of edits.sort((a, b) => b[0] - a[0])) text = text.slice(0, at) + to + text.slice(at + old.length);
    if (edits.length) writeFileSync(f, text); count += edits.length;
  }
  console.log(`${old} → ${name}: ${count}`);
}
