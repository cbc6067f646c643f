#!/usr/bin/env node
// Writes docs/figures.md from the catalogue of figures, once everything is built.
import { writeFileSync } from 'node:fs';
import { figuresDocument } from '../dist/support/figures-document.js';

writeFileSync(new URL('../../docs/figures.md', import.meta.url), figuresDocument());
