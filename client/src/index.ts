export { writeAtomically } from './write-atomically.js';

// A case for the archive.
export { caseJson, caseXml, packCase } from './export/package.js';
export { referencesOf, type CaseSources } from './export/sources.js';
