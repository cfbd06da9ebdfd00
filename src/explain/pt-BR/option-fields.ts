export { optionFields } from '../en/option-fields.js';
