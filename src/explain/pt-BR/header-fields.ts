export { type HeaderContext, type HeaderField, headerFields } from '../en/header-fields.js';
