import { performance } from "node:perf_hooks";
import { checkReport } from "../../shared/checks/check-report.ts";
import { termsOf, type Severity } from "../../shared/checks/finding.ts";
import { checkSections } from "../../shared/checks/sections/check-sections.ts";
import { checkPrintedReport } from "../../shared/checks/text/check-printed-report.ts";
import { checkText } from "../examples/check-text.ts";
import { shippedEditions } from "../../shared/editions/shipped-editions.ts";
import { sentenceText } from "../../shared/narrative/written.ts";
import type { SyntheticReport } from "./generate.ts";
import { equationsOf, indexed } from "./equations.ts";
import { randomOf, type Random } from "./random.ts";
import {
  documentOf,
  narrativeOf,
  printedOf,
  textOf,
  type Paragraph,
  type Text,
} from "./realise.ts";
import { tableFaults, tableSource, type Family, type TableFault } from "./table-faults.ts";
import { reworded, textFaults, textSource, type TextFault } from "./text-faults.ts";

/** sections: in hand · printed: tables as printed with their text · text: the whole document alone. */
export type Form = "sections" | "printed" | "text";

/** A finding as all three forms tell it. */
interface Reported {
  readonly rule: string;
  readonly severity: Severity;
  readonly cells: readonly string[];
  readonly line?: number;
  readonly quote?: string;
  readonly message: string;
}

/** One faulty report in one form. */
export interface Mutant {
  readonly seed: number;
  readonly form: Form;
  readonly faults: readonly (TableFault | TextFault)[];
  /** What `check` judges: findings of a rule the sound report is asked about as well do not count. */
  readonly explains: ReadonlySet<string>;
  readonly paragraphs: readonly Paragraph[];
  readonly text: Text;
  readonly check: () => Reported[];
}

export interface FamilyScore {
  faults: number;
  found: number;
  findings: number;
  /** About a fault, or what its arithmetic leads to. */
  right: number;
  readonly ms: number[];
  readonly missed: string[];
  readonly astray: string[];
}

export interface SoundScore {
  readonly reports: number;
  readonly checks: number;
  readonly findings: readonly string[];
  readonly alarmed: number;
  readonly ms: readonly number[];
}

/** Rules that ask for the reason of every large change, sound or not. */
const requestingRules: ReadonlySet<string> = new Set(["R221", "R222"]);

const isRaised = ({ rule, severity }: Reported) =>
  severity !== "hint" && !requestingRules.has(rule);

function checkInHand(report: SyntheticReport["report"]): Reported[] {
  const ofTables = checkReport(report).findings.map((finding) => ({
    rule: finding.rule,
    severity: finding.severity,
    cells: [...finding.cells, ...termsOf(finding).map(({ cell }) => cell)],
    message: JSON.stringify(finding),
  }));
  const ofTheRest = checkSections(report).findings.map(({ cells = [], ...finding }) => ({
    ...{ rule: finding.rule, severity: finding.severity, cells },
    message: `${finding.path} ${finding.what}`,
  }));
  return [...ofTables, ...ofTheRest];
}

function checkPrinted(printed: unknown): Reported[] {
  const checked = checkPrintedReport(printed, shippedEditions.all);
  if (!checked.ok) throw new Error(`Not readable: ${checked.error}`);
  return checked.value.map(({ cells = [], ...finding }) => ({ ...finding, cells }));
}

const checkAlone = (source: string): Reported[] =>
  checkText(source).map(({ cells = [], ...finding }) => ({ ...finding, cells }));

/** The forms of a sound report, each checked: whatever is raised is a false alarm. */
export function scoreSound(corpus: readonly SyntheticReport[]): SoundScore {
  const findings: string[] = [];
  const ms: number[] = [];
  let alarmed = 0;
  let checks = 0;
  for (const { seed, report, explains } of corpus) {
    const narrative = textOf(narrativeOf(report)).source;
    const document = documentOf(report);
    const forms: readonly (readonly [string, () => Reported[]])[] = [
      ["sections", () => checkInHand(report)],
      ["printed", () => checkPrinted(printedOf(report, narrative))],
      ["text", () => checkAlone(textOf(document).source)],
      ["text torn", () => checkAlone(textOf(document, 34).source)],
    ];
    let isAlarmed = false;
    for (const [form, check] of forms) {
      const start = performance.now();
      const raised = check().filter(
        (reported) => isRaised(reported) && !explains.has(reported.rule),
      );
      ms.push(performance.now() - start);
      checks += 1;
      isAlarmed ||= raised.length > 0;
      findings.push(...raised.map(({ rule, message }) => `${seed} ${form} ${rule} ${message}`));
    }
    if (isAlarmed) alarmed += 1;
  }
  return { reports: corpus.length, checks, findings, alarmed, ms };
}

type Recipe = { readonly form: Form } & (
  | { readonly kind: "table"; readonly name: string }
  | { readonly kind: "text"; readonly name: string }
);

const recipes: readonly Recipe[] = [
  ...Object.entries(tableFaults).flatMap(([name, { in: forms }]) =>
    forms.map((form): Recipe => ({ kind: "table", name, form })),
  ),
  ...Object.keys(textFaults).flatMap((name) =>
    (["printed", "text"] as const).map((form): Recipe => ({ kind: "text", name, form })),
  ),
];

/** Faulty editions of one report: `single` with one fault each, and one with three. */
export function mutantsOf(of: SyntheticReport, single: number): Mutant[] {
  const random = randomOf(of.seed * 7_919 + 17);
  const equations = equationsOf(of.report);
  const byCell = indexed(equations);
  const paragraphs = {
    printed: narrativeOf(of.report),
    text: documentOf(of.report),
    sections: [],
  } as const satisfies Record<Form, readonly Paragraph[]>;
  const sources = {
    sections: tableSource(of.report, { equations, onlyPrinted: false }),
    printed: tableSource(of.report, { equations, onlyPrinted: true }),
    textWithTables: textSource(of.report, paragraphs.printed, {
      hasTables: true,
      equations: byCell,
    }),
    textAlone: textSource(of.report, paragraphs.text, { hasTables: false, equations: byCell }),
  };
  const draw = (recipe: Recipe): TableFault | TextFault | undefined => {
    for (let attempt = 0; attempt < 6; attempt += 1) {
      const fault =
        recipe.kind === "table"
          ? tableFaults[recipe.name]?.make(
              recipe.form === "sections" ? sources.sections : sources.printed,
              random,
            )
          : textFaults[recipe.name]?.(
              recipe.form === "text" ? sources.textAlone : sources.textWithTables,
              random,
            );
      const isRequested = fault?.family === "prior" && of.explains.has("R190");
      if (fault !== undefined && !isRequested) return fault;
    }
    return undefined;
  };
  const mutant = (form: Form, faults: readonly (TableFault | TextFault)[]): Mutant => {
    const changes = new Map(
      faults.flatMap((fault) => ("changes" in fault ? [...fault.changes] : [])),
    );
    const report =
      faults.find((fault): fault is TableFault => "report" in fault)?.report ?? of.report;
    const changed = reworded(paragraphs[form], changes);
    const text = textOf(changed, form === "text" && random.chance(0.5) ? 34 : Infinity);
    return {
      ...{ seed: of.seed, form, faults, explains: of.explains, paragraphs: changed, text },
      check: () =>
        form === "sections"
          ? checkInHand(report)
          : form === "printed"
            ? checkPrinted(printedOf(report, text.source))
            : checkAlone(text.source),
    };
  };
  const mutants: Mutant[] = [];
  for (const recipe of random.shuffled(recipes)) {
    if (mutants.length >= single) break;
    const fault = draw(recipe);
    if (fault !== undefined) mutants.push(mutant(recipe.form, [fault]));
  }
  const three = threeFaults(random, draw);
  if (three !== undefined) mutants.push(mutant(three.form, three.faults));
  return mutants;
}

/** Three faults in places that have nothing to do with each other. */
function threeFaults(
  random: Random,
  draw: (recipe: Recipe) => TableFault | TextFault | undefined,
): { form: Form; faults: (TableFault | TextFault)[] } | undefined {
  const form = random.pick(["printed", "text"] as const);
  const faults: TextFault[] = [];
  for (const recipe of random.shuffled(recipes)) {
    if (recipe.form !== form || recipe.kind !== "text" || faults.length === 3) continue;
    const fault = draw(recipe);
    if (fault === undefined || !("changes" in fault)) continue;
    const isApart = faults.every(({ chain, sentences }) =>
      [...fault.sentences].every((id) => !chain.has(id) && !sentences.has(id)),
    );
    if (isApart) faults.push(fault);
  }
  return faults.length === 3 ? { form, faults } : undefined;
}

const plain = (text: string): string =>
  text
    .replace(/\s/gu, "")
    .replace(/[:：]/gu, "")
    .replace(/\(/gu, "（")
    .replace(/\)/gu, "）")
    .replace(/[，,]/gu, "，");

/** Sentences that a finding in a text names: on its line, and in the words it quotes. */
function sentencesNamed({ paragraphs, text }: Mutant, { line, quote }: Reported): Set<string> {
  const named = new Set<string>();
  if (line === undefined || quote === undefined) return named;
  const words = plain(quote);
  for (const [index, { sentences, label }] of paragraphs.entries()) {
    const lines = text.lines[index];
    const isThere = lines !== undefined && line >= lines.first && line <= lines.last;
    for (const [at, sentence] of sentences.entries()) {
      const own = plain((at === 0 ? label : "") + sentenceText(sentence));
      // A form is recognised by its first line and the row at fault.
      if (sentence.id.startsWith("self.") && own.length >= 10 && words.includes(own)) {
        named.add(sentence.id);
      }
      if (!isThere) continue;
      const isIn = own.includes(words) || words.includes(own.replace(/[。；：]$/u, ""));
      const clauses = own.split(/[。；：]/u).filter((clause) => clause.length >= 8);
      if (isIn || clauses.some((clause) => words.includes(clause))) named.add(sentence.id);
    }
  }
  return named;
}

function isHit(mutant: Mutant, fault: TableFault | TextFault, reported: Reported): boolean {
  if ("cells" in fault) {
    if (reported.cells.some((cell) => fault.cells.has(cell))) return true;
    // A table that cannot be taken in is recognised by its row.
    return (
      reported.rule === "F00" &&
      fault.family === "name" &&
      reported.message.includes(fault.expected)
    );
  }
  const named = sentencesNamed(mutant, reported);
  return [...fault.sentences].some((id) => named.has(id));
}

function isRight(mutant: Mutant, reported: Reported): boolean {
  return mutant.faults.some((fault) => {
    if (isHit(mutant, fault, reported)) return true;
    if ("cells" in fault) return reported.cells.some((cell) => fault.chain.has(cell));
    const named = sentencesNamed(mutant, reported);
    if ([...fault.chain].some((id) => named.has(id))) return true;
    // Two steps away, but reckoned with the wrong figure.
    const message = reported.message.replaceAll(",", "");
    return [...fault.wrong].some((figure) => message.includes(figure));
  });
}

export type Scores = ReadonlyMap<Family, FamilyScore>;

/** Checks every mutant: whether each fault was found, and what else was raised. */
export function scoreMutants(mutants: readonly Mutant[]): Scores {
  const scores = new Map<Family, FamilyScore>();
  const of = (family: Family): FamilyScore => {
    const known = scores.get(family);
    if (known !== undefined) return known;
    const fresh = { faults: 0, found: 0, findings: 0, right: 0, ms: [], missed: [], astray: [] };
    scores.set(family, fresh);
    return fresh;
  };
  for (const mutant of mutants) {
    const start = performance.now();
    const raised = mutant
      .check()
      .filter((reported) => isRaised(reported) && !mutant.explains.has(reported.rule));
    const ms = performance.now() - start;
    const where = `${String(mutant.seed)} ${mutant.form}`;
    for (const fault of mutant.faults) {
      const score = of(fault.family);
      score.ms.push(ms);
      score.faults += 1;
      if (raised.some((reported) => isHit(mutant, fault, reported))) score.found += 1;
      else {
        const words = "changes" in fault ? [...fault.changes.values()].join("|") : fault.detectable;
        score.missed.push(`${where} ${fault.where} (right: ${fault.expected}): ${words}`);
      }
    }
    const [first] = mutant.faults;
    if (first === undefined) continue;
    const score = of(first.family);
    score.findings += raised.length;
    for (const reported of raised) {
      if (isRight(mutant, reported)) score.right += 1;
      else score.astray.push(`${where} ${first.where}: ${reported.rule} ${reported.message}`);
    }
  }
  return scores;
}
