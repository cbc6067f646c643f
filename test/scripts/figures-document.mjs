#!/usr/bin/env node
// Writes docs/figures.md and docs/figures.zh-CN.md from the catalogue of figures (build first). A test checks both.
import { writeFileSync } from 'node:fs';
import { figuresDocument } from '../dist/support/figures-document.js';

const docs = new URL('../../docs/', import.meta.url);
writeFileSync(new URL('figures.md', docs), figuresDocument('en'));
writeFileSync(new URL('figures.zh-CN.md', docs), figuresDocument('zh'));
