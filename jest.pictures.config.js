import office from './jest.office.config.js';

/** `npm run docs:exports`: pictures of every export into docs/, as LibreOffice shows them. */
/** @type {import('jest').Config} */
export default { ...office, roots: ['<rootDir>/test/pictures'] };
