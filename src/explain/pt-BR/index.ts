/** All phrases in Brazilian Portuguese; what is not translated yet is English. */
export * from '../en/index.js';
