#!/usr/bin/env node
// Prints the table of chaincode/src/kernel/hidden-characters.ts from this Node's Unicode tables. Run it by hand when a newer Unicode is
// to be taken up; every department's peer must then run the chaincode that has the new table.
const category = /^[\p{Cn}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]$/u;
const ignorable = /^\p{Default_Ignorable_Code_Point}$/u;
const variationSelector = /^\p{Variation_Selector}$/u;

function isHidden(code) {
  const character = String.fromCodePoint(code);
  if (variationSelector.test(character) && code !== 0x180f) return category.test(character);
  return category.test(character) || ignorable.test(character);
}

/** Ranges as pairs of distances: from the end of the one before to its start, and its length where it has more than one. */
export function hiddenTable() {
  const parts = [];
  let end = 0;
  for (let code = 0; code <= 0x10ffff; code++) {
    if (!isHidden(code)) continue;
    const start = code;
    while (code < 0x10ffff && isHidden(code + 1)) code++;
    const length = code - start;
    parts.push((start - end).toString(36) + (length > 0 ? `+${length.toString(36)}` : ''));
    end = code;
  }
  return parts.join(' ');
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  process.stdout.write(`// Unicode ${process.versions.unicode}\n${hiddenTable()}\n`);
}
