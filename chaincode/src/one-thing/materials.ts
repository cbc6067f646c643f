import { askableMaterial } from '../case/filing/materials';
import { ContractError } from '../kernel/errors';
import { materialName } from '../kernel/material-name';
import type { Material, MatterRecord } from '../matter/records';
import type { MergedMaterial, OneThingContent } from './records';

/** The matters of the parts, by part. */
export type PartMatters = ReadonlyMap<string, MatterRecord>;

interface Listed {
  readonly node: string;
  readonly material: Material;
}

export interface MergedMaterials {
  readonly materials: MergedMaterial[];
  /** How many the parts list for the applicant before merging. */
  readonly listed: number;
}

/**
 * The one material set (一套材料): what several parts list is asked once (Zhejiang regulation art 2, 7). Materials of one
 * Chinese name are one document; the template adds those that are one under different names. What comes by sharing is
 * not asked at all.
 * @throws ContractError NOT_FOUND, MATERIAL_UNKNOWN, MATERIAL_SHARED, MATERIAL_LIST_INVALID
 */
export function mergeMaterials(content: OneThingContent, matters: PartMatters): MergedMaterials {
  const groups = groupsByName(content, matters);
  const merged = new Map<string, Listed[]>();
  const all = content.nodes.flatMap(({ id }) => askedBy(id, matters));
  for (const listed of all) {
    const name = nameOf(listed.material);
    const group = groups.get(name);
    // A space cannot stand in a code, so a name never meets a group.
    const key = group ?? ` ${name}`;
    merged.set(key, [...(merged.get(key) ?? []), listed]);
  }
  const codes = all.map(({ material }) => material.code);
  const taken = new Set(content.same.map(({ code }) => code));
  const materials = [...merged].map(([key, of]) => {
    const code = key.startsWith(' ') ? codeFor(of, codes, taken) : key;
    return mergedMaterial(code, of);
  });
  requireUnique(materials);
  return { materials, listed: all.length };
}

function askedBy(node: string, matters: PartMatters): Listed[] {
  const listed = matters.get(node)?.content.materials ?? [];
  return listed
    .filter((material) => material.source === 'applicant')
    .map((material) => ({ node, material }));
}

/** Which group each name of the template's `same` belongs to. */
function groupsByName(content: OneThingContent, matters: PartMatters): ReadonlyMap<string, string> {
  const groups = new Map<string, string>();
  for (const group of content.same) {
    for (const { node, code } of group.of) {
      const matter = matters.get(node);
      if (matter === undefined) throw new ContractError('NOT_FOUND', { node });
      const name = nameOf(askableMaterial(matter.content, code));
      const other = groups.get(name) ?? group.code;
      if (other !== group.code) refuse('inTwoGroups', { node, code, groups: [other, group.code] });
      groups.set(name, group.code);
    }
  }
  return groups;
}

/** The plain code where no other material has it, else with its part before it. */
function codeFor(of: readonly Listed[], codes: readonly string[], taken: ReadonlySet<string>) {
  const [first] = of;
  if (first === undefined) return '';
  const { code } = first.material;
  const here = of.filter(({ material }) => material.code === code).length;
  const everywhere = codes.filter((known) => known === code).length;
  return here === everywhere && !taken.has(code) ? code : `${first.node}.${code}`;
}

function mergedMaterial(code: string, of: readonly Listed[]): MergedMaterial {
  const requiring = of.filter(({ material }) => material.required);
  return {
    code,
    name: of[0]?.material.name ?? { zh: code, en: code },
    required: requiring.length > 0,
    mayFollow: requiring.every(
      ({ material }) => material.tolerable || material.datasetId !== undefined,
    ),
    of: of.map(({ node, material }) => ({ node, code: material.code })),
  };
}

function requireUnique(materials: readonly MergedMaterial[]): void {
  const seen = new Set<string>();
  for (const { code } of materials) {
    if (seen.has(code)) refuse('codeTwice', { code });
    seen.add(code);
  }
  if (materials.length > mostMaterials) refuse('tooMany', { limit: mostMaterials });
}

const mostMaterials = 200;

const nameOf = ({ name }: Material): string => materialName(name.zh);

function refuse(problem: string, details: Readonly<Record<string, unknown>>): never {
  throw new ContractError('MATERIAL_LIST_INVALID', { problem, ...details });
}
