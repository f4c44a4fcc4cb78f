/**
 * The field that says for which ISP a form was opened. Who works for two may have switched in another tab since:
 * what was filled in for one must never be done at the other.
 */
export const OPENED_FOR = 'opened_for'
