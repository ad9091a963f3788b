import ts from "typescript"; import {execSync} from "node:child_process"; import {readFileSync} from "node:fs";
const words = new Set(process.argv[2]!.split(","));
const files = execSync("git ls-files '*.ts' '*.tsx'").toString().trim().split("\n").filter(f=>!/^shared\/(checks|forms)|^shared\/narrative\/(?!read)/.test(f));
const m = new Map<string,{kinds:Set<string>,files:Map<string,number>}>();
for (const f of files){ const s=ts.createSourceFile(f,readFileSync(f,"utf8"),99,true,f.endsWith("x")?4:3);
 const walk=(n:ts.Node)=>{ const nm=(n as any).name; if(nm&&ts.isIdentifier(nm)&&!ts.isPropertyAccessExpression(n)&&!ts.isImportSpecifier(n)){ const ws=nm.text.split(/(?=[A-Z])|_/).map((x:string)=>x.toLowerCase()); if(ws.some((w:string)=>words.has(w))){ const e=m.get(nm.text)??{kinds:new Set(),files:new Map()}; e.kinds.add(ts.SyntaxKind[n.kind]!.replace("Declaration","").replace("Signature","Sig")); e.files.set(f,(e.files.get(f)??0)+1); m.set(nm.text,e);} } ts.forEachChild(n,walk)}; walk(s);}
for(const [k,e] of [...m].sort()) console.log(k,"|",[...e.kinds].join(","),"|",[...e.files].slice(0,4).map(([f,c])=>f+(c>1?"x"+c:"")).join(" "),e.files.size>4?"+"+(e.files.size-4):"");
