/** For a program in a browser: templates and fonts are its own, since nothing here reads a file. */
export { casePaper } from './case-paper.js';
export { layOut } from './layout.js';
export { cardPaper, orderPaper } from './supervision-paper.js';
export { templateOf } from './template.js';
