import type { AttestationRecord } from '../../attestation/records';
import { verdictAt } from '../../attestation/verdict';
import type { Actor } from '../../kernel/roles';
import type { Now } from '../../kernel/chain';
import { ContractError } from '../../kernel/errors';
import type { Material, MatterContent } from '../../matter/records';
import type { CaseRecord } from '../records';

type Held = CaseRecord['materials'][number];
type Attested = { readonly code: string; readonly attestationId: string };
/** Attestations a command or a case names, as found on the ledger. */
export type Attestations = ReadonlyMap<string, AttestationRecord>;

/**
 * The material of the matter with that code.
 * @throws ContractError MATERIAL_UNKNOWN: it is not in the published list (Zhejiang regulation art 43(3))
 */
export function listedMaterial(content: MatterContent, code: string): Material {
  const material = content.materials.find((listed) => listed.code === code);
  if (material === undefined) throw new ContractError('MATERIAL_UNKNOWN', { code });
  return material;
}

/**
 * A material that may be asked of the applicant, and that it gives unless it contests shared data.
 * @throws ContractError MATERIAL_UNKNOWN, MATERIAL_SHARED (Order 809 art 19)
 */
export function askableMaterial(content: MatterContent, code: string): Material {
  const material = listedMaterial(content, code);
  if (material.source === 'sharing') throw new ContractError('MATERIAL_SHARED', { code });
  return material;
}

/** R2: what is required and neither held nor excused by `excused`, by code. */
export function missingMaterials(
  content: MatterContent,
  held: readonly Held[],
  excused: (material: Material) => boolean,
): string[] {
  return content.materials
    .filter((material) => material.required && !excused(material))
    .map((material) => material.code)
    .filter((code) => !held.some((known) => known.code === code));
}

/** Materials that sharing supplies: they may still be on their way when a case is accepted. */
export function comesBySharing(material: Material): boolean {
  return material.datasetId !== undefined;
}

/** @throws ContractError MATERIAL_MISSING */
export function requireNoneMissing(codes: readonly string[]): void {
  if (codes.length > 0) throw new ContractError('MATERIAL_MISSING', { codes });
}

/** Documents that the applicant gives, with what it says of them. */
export interface Given {
  readonly materials: readonly { readonly code: string; readonly document: CaseRecord['form'] }[];
  readonly contested?: readonly { readonly code: string; readonly note: string }[];
  readonly substitutes?: readonly { readonly code: string; readonly proves: string }[];
}

/**
 * Adds documents; a new one takes the place of an older one of the same code (the chain keeps both digests). A material
 * that comes by sharing is given only against shared data that the applicant contests.
 * @throws ContractError MATERIAL_MISSING, MATERIAL_UNKNOWN, MATERIAL_SHARED, CONTEST_NOT_SHARED
 */
export function withDocuments(
  held: readonly Held[],
  given: Given,
  content: MatterContent,
  department: string,
  at: string,
): Held[] {
  const { materials, contested = [], substitutes = [] } = given;
  const documents = new Set(materials.map(({ code }) => code));
  const marked = [...contested, ...substitutes].map(({ code }) => code);
  requireNoneMissing(marked.filter((code) => !documents.has(code)));
  const added = materials.map(({ code, document }): Held => {
    const contest = contested.find((one) => one.code === code);
    const substitute = substitutes.find((one) => one.code === code);
    const evidence = evidenceOf(document, contest, substitute);
    if (contest === undefined) askableMaterial(content, code);
    else contestableMaterial(content, code);
    return { code, evidence, by: department, at };
  });
  return replaced(held, added);
}

/** What is contested counts as the material itself, whatever it is; see Zhejiang regulation art 7(2). */
function evidenceOf(
  document: CaseRecord['form'],
  contest: { readonly note: string } | undefined,
  substitute: { readonly proves: string } | undefined,
): Held['evidence'] {
  if (contest !== undefined) {
    return { kind: 'document', document, contested: { note: contest.note } };
  }
  if (substitute === undefined) return { kind: 'document', document };
  return { kind: 'substitute', document, proves: substitute.proves };
}

/** @throws ContractError MATERIAL_UNKNOWN, CONTEST_NOT_SHARED */
function contestableMaterial(content: MatterContent, code: string): void {
  if (listedMaterial(content, code).datasetId === undefined) {
    throw new ContractError('CONTEST_NOT_SHARED', { code });
  }
}

/**
 * The owner takes other evidence in place of materials: what its official found, and what the applicant offered (Zhejiang
 * regulation art 9: that is recorded). Whoever accepts or decides has taken it.
 * @throws ContractError MATERIAL_UNKNOWN, MATERIAL_CONTESTED
 */
export function withSubstitutes(
  held: readonly Held[],
  found: readonly {
    readonly code: string;
    readonly document: CaseRecord['form'];
    readonly proves: string;
  }[],
  content: MatterContent,
  by: Actor,
  at: string,
): Held[] {
  const { department } = by;
  const added = found.map(({ code, document, proves }): Held => {
    listedMaterial(content, code);
    requireUncontested(held, code, department);
    return { code, evidence: { kind: 'substitute', document, proves }, by: department, at };
  });
  return replaced(held, added).map((material) =>
    material.evidence.kind === 'substitute' && material.evidence.notedBy === undefined
      ? { ...material, evidence: { ...material.evidence, notedBy: by } }
      : material,
  );
}

/** Only the applicant takes back what it gave against shared data, by naming their attestation itself. */
function requireUncontested(held: readonly Held[], code: string, department: string): void {
  if (!isContested(held, code)) return;
  const standing = held.find((material) => material.code === code);
  if (standing?.by !== department) throw new ContractError('MATERIAL_CONTESTED', { code });
}

/** The applicant's own document stands against shared data. */
export function isContested(held: readonly Held[], code: string): boolean {
  const evidence = held.find((material) => material.code === code)?.evidence;
  return evidence?.kind === 'document' && evidence.contested !== undefined;
}

/** Adds the applicant's commitment in place of materials (Zhejiang regulation art 14). */
export function withCommitment(
  held: readonly Held[],
  commitment: { readonly document: CaseRecord['form']; readonly materials: readonly string[] },
  department: string,
  at: string,
): Held[] {
  const { document, materials } = commitment;
  const added = materials.map((code): Held => ({
    code,
    evidence: { kind: 'commitment', document },
    by: department,
    at,
  }));
  return replaced(held, added);
}

/** Where an attestation is to count. */
export interface AttestedUse {
  readonly caseNo: string;
  /** Departments that may be its requester: the owner, who handles the case, and the applicant. */
  readonly requesters: readonly string[];
  readonly content: MatterContent;
  readonly attestations: Attestations;
}

/**
 * Adds materials met by attestations instead of documents.
 * @throws ContractError MATERIAL_UNKNOWN, MATERIAL_CONTESTED, NOT_FOUND, ATTESTATION_MISMATCH, ATTESTATION_NOT_VALID
 */
export function withAttestations(
  held: readonly Held[],
  attested: readonly Attested[],
  use: AttestedUse,
  department: string,
  now: Now,
): Held[] {
  const added = attested.map(({ code, attestationId }): Held => {
    const material = listedMaterial(use.content, code);
    requireUncontested(held, code, department);
    const attestation = use.attestations.get(attestationId);
    if (attestation === undefined) throw new ContractError('NOT_FOUND', { attestationId });
    requireFitting(attestation, material, use);
    requireValid(attestation, now.at);
    return { code, evidence: { kind: 'attestation', attestationId }, by: department, at: now.at };
  });
  return replaced(held, added);
}

/** Every attestation a case rests on must still be valid when it is decided. */
export function requireValidEvidence(
  held: readonly Held[],
  attestations: Attestations,
  now: Now,
): void {
  for (const { evidence } of held) {
    if (evidence.kind !== 'attestation') continue;
    const attestation = attestations.get(evidence.attestationId);
    if (attestation === undefined) {
      throw new ContractError('NOT_FOUND', { attestationId: evidence.attestationId });
    }
    requireValid(attestation, now.at);
  }
}

function requireFitting(
  attestation: AttestationRecord,
  material: Material,
  use: AttestedUse,
): void {
  const wrong = [
    ...(attestation.caseNo === use.caseNo ? [] : ['caseNo']),
    ...(attestation.datasetId === material.datasetId ? [] : ['datasetId']),
    ...(use.requesters.includes(attestation.requester) ? [] : ['requester']),
  ];
  if (wrong.length > 0) {
    const { attestationId } = attestation;
    throw new ContractError('ATTESTATION_MISMATCH', { attestationId, code: material.code, wrong });
  }
}

function requireValid(attestation: AttestationRecord, at: string): void {
  const { verdict } = verdictAt(attestation, at);
  if (verdict !== 'valid') {
    const { attestationId } = attestation;
    throw new ContractError('ATTESTATION_NOT_VALID', { attestationId, verdict, at });
  }
}

function replaced(held: readonly Held[], added: readonly Held[]): Held[] {
  const kept = held.filter(({ code }) => !added.some((fresh) => fresh.code === code));
  return [...kept, ...added];
}
