export { languageOf } from '../language.mjs';
export * from './say.js';
export { ChoiceOption, choiceText, codeOf, InvalidValueError } from './choice.js';
export { exampleOf, offerLanguage, SpokenCommand } from './command.js';
export { failureWords, fileFailure, type Meanings } from './failures.js';
export { renderFields, renderTable, type Column, type Field } from './table.js';
export { askUnseen } from './unseen.js';
export { versionIn } from './version.js';
export { clip, displayWidth, padTo, printable } from './text.js';
